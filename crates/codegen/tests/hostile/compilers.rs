//! The languages' own compilers, one process for many models.

use super::{number, sources};
use codegen::Target;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Models of a run that compiles.
const SOME: u64 = 25;

/// Reads every file below a folder as TypeScript. Without the packages it uses not every name is known; what is asked is
/// whether it is TypeScript at all, and whether one thing is said twice.
const TYPESCRIPT: &str = r#"
const ts = require(process.env.TYPESCRIPT + "/node_modules/typescript");
const folders = require("fs").readdirSync(process.argv[2]).map((name) => process.argv[2] + "/" + name);
const wrong = (code) => code < 2000 || [2300, 2393, 2440, 2451, 2528, 2717, 1117].includes(code);
let failed = false;
for (const folder of folders) {
  const options = { noEmit: true, noResolve: true, types: [], lib: [], noLib: true, allowImportingTsExtensions: true,
    module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext };
  const program = ts.createProgram(ts.sys.readDirectory(folder, [".ts"]), options);
  for (const found of ts.getPreEmitDiagnostics(program).filter((one) => wrong(one.code) && one.file)) {
    const at = found.file.getLineAndCharacterOfPosition(found.start);
    failed = true;
    console.log(`${found.file.fileName}:${at.line + 1}:${at.character + 1} TS${found.code} ` +
      ts.flattenDiagnosticMessageText(found.messageText, " "));
  }
}
process.exit(failed ? 1 : 0);
"#;

/// Compiles every module below a folder, and looks for classes, functions and arguments that are said twice.
const PYTHON: &str = r#"
import ast, pathlib, sys
failed = False
def names(body):
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in body:
        if isinstance(node, kinds) and not node.decorator_list:
            yield node.name, node.lineno
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node.lineno
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.py")):
    try:
        tree = compile(path.read_bytes(), str(path), "exec", flags=ast.PyCF_ONLY_AST, dont_inherit=True)
        compile(path.read_bytes(), str(path), "exec")
    except (SyntaxError, ValueError) as error:
        print(f"{path}: {error}")
        failed = True
        continue
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef)):
            seen = set()
            for name, line in names(node.body):
                if name in seen:
                    print(f"{path}:{line}: {name} is said twice")
                    failed = True
                seen.add(name)
sys.exit(1 if failed else 0)
"#;

fn written(target: Target, folder: &Path) {
    for (seed, source) in sources(number("HOSTILE_MODELS").unwrap_or(SOME)) {
        for (path, file) in codegen::generate(&source, target).iter() {
            let place = folder.join(format!("seed-{seed}")).join(path);
            fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
            fs::write(place, &file.text).expect("written");
        }
    }
}

fn compiles(target: Target, compiler: &mut Command) {
    let folder = tempfile::tempdir().expect("a folder");
    written(target, folder.path());
    let output = compiler.arg(folder.path()).output().expect("the compiler starts");
    let told = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}", told.lines().take(60).collect::<Vec<_>>().join("\n"));
}

#[test]
#[ignore = "wants the package typescript"]
fn typescript_is_typescript() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("check.cjs");
    fs::write(&script, TYPESCRIPT).expect("written");
    compiles(Target::Node, Command::new("node").arg(script));
}

#[test]
#[ignore = "wants python3"]
fn python_is_python() {
    compiles(Target::Python, Command::new("python3").args(["-c", PYTHON]));
}

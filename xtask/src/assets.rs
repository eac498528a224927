//! The page as files: names, references between them, compression.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::fingerprint::{self, Fingerprint};

/// Where the page's shell wants its links.
const HEAD: &str = "<!-- head -->";

/// Style sheets from here on belong to the parts of the page that are fetched later (see `app/src/chunks.rs`).
const LATER_STYLES: &str = "50";

/// A font for letters that few texts have: the style sheet says when it is fetched.
const LATER_FONT: &str = "-more.woff2";

/// What starts the page.
const START: &str = include_str!("start.js");

/// What `app/` brings beside its code: the shell, the styles in the order of their names, the public files.
pub struct Public {
    shell: String,
    style: String,
    later_style: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl Public {
    pub fn read(app: &Path) -> Result<Public> {
        let shell = app.join("index.html");
        let shell = fs::read_to_string(&shell).with_context(|| format!("cannot read {}", shell.display()))?;
        let (mut style, mut later_style) = (String::new(), String::new());
        for (name, bytes) in files_below(&app.join("style"))? {
            if name.ends_with(".css") {
                let style = if name.as_str() < LATER_STYLES { &mut style } else { &mut later_style };
                let text = String::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8"))?;
                style.push_str(&bare(&text));
            }
        }
        Ok(Public { shell, style, later_style, files: files_below(&app.join("public"))? })
    }

    /// Everything that goes into the page, named.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let own = [
            ("index.html", self.shell.as_bytes()),
            ("style", self.style.as_bytes()),
            ("later", self.later_style.as_bytes()),
        ];
        own.into_iter().chain(self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
    }
}

/// A style sheet without its comments and indentation.
fn bare(style: &str) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The finished files, `index.html` among them.
#[derive(Default)]
pub struct Page {
    files: BTreeMap<String, Vec<u8>>,
}

impl Page {
    /// Fonts, bindings, wasm, styles and start script get their hash into the name; whoever refers to them is
    /// named after them, so that a changed font changes the style sheet's name too.
    pub fn assemble(public: &Public, generated: &Path, workers: &[(&str, PathBuf)]) -> Result<Page> {
        let mut page = Page::default();
        let mut head = String::new();
        let mut style = public.style.clone();
        for (name, bytes) in &public.files {
            if name.ends_with(".woff2") {
                let hashed = page.add_hashed(name, bytes.clone());
                style = style.replace(&format!("/{name}"), &format!("/{hashed}"));
                if name.ends_with(LATER_FONT) {
                    continue;
                }
                head.push_str(&link("preload", &hashed, " as=\"font\" type=\"font/woff2\" crossorigin"));
            } else {
                page.files.insert(name.clone(), bytes.clone());
            }
        }
        let [script, wasm, parts] = page.add_program(files_below(generated)?)?;
        let start = page.add_hashed("start.js", start_script(&script, &wasm).into_bytes());
        head.push_str(&link("modulepreload", &script, ""));
        head.push_str(&link("modulepreload", &parts, ""));
        head.push_str(&link("preload", &wasm, " as=\"fetch\" type=\"application/wasm\" crossorigin"));
        if !style.trim().is_empty() {
            let style = page.add_hashed("style.css", style.into_bytes());
            head.push_str(&link("stylesheet", &style, ""));
        }
        let later = page.add_hashed("later.css", public.later_style.clone().into_bytes());
        head.push_str(&format!("<meta name=\"later-style\" content=\"/{later}\">\n"));
        for (name, folder) in workers {
            let script = page.add_worker(name, files_below(folder)?)?;
            head.push_str(&format!("<meta name=\"squall-{name}\" content=\"/{script}\">\n"));
        }
        head.push_str(&format!("<script type=\"module\" src=\"/{start}\"></script>"));
        if !public.shell.contains(HEAD) {
            bail!("app/index.html has no line `{HEAD}` for its links");
        }
        page.files.insert("index.html".to_string(), public.shell.replace(HEAD, &head).into_bytes());
        Ok(page)
    }

    /// The scripts and parts of the program name each other, some in circles: all carry one hash, that of them all.
    /// Returns the names of the script, of the first wasm and of the script that fetches the other parts.
    fn add_program(&mut self, mut generated: BTreeMap<String, Vec<u8>>) -> Result<[String; 3]> {
        let mut all = Fingerprint::default();
        for (name, bytes) in &generated {
            all.add(name, bytes);
        }
        let hash = all.finish()[..16].to_string();
        // Snippets of dependencies lie in folders and keep the names by which app.js imports them.
        let own: Vec<String> = generated.keys().filter(|name| !name.contains('/')).cloned().collect();
        let hashed = |name: &str| match name.split_once('.') {
            Some((stem, rest)) => format!("{stem}-{hash}.{rest}"),
            None => format!("{name}-{hash}"),
        };
        for (_, bytes) in generated.iter_mut().filter(|(name, _)| name.ends_with(".js")) {
            let mut script = std::mem::take(bytes);
            for name in &own {
                let (from, to) = (format!("./{name}"), format!("./{}", hashed(name)));
                let named = String::from_utf8(script)?.replace(&from, &to);
                // The keys of the import object are the names that stand in the wasm.
                script = named.replace(&format!("\"{to}\":"), &format!("\"{from}\":")).into_bytes();
            }
            *bytes = script;
        }
        let names = ["app.js", "app_bg.wasm", "parts.js"];
        if let Some(missing) = names.iter().find(|name| !generated.contains_key(**name)) {
            bail!("the bindings came without {missing}");
        }
        for (name, bytes) in generated {
            self.files.insert(if own.contains(&name) { hashed(&name) } else { name }, bytes);
        }
        Ok(names.map(hashed))
    }

    /// A wasm that runs beside the page, and its script, which names it. Returns the script's name.
    fn add_worker(&mut self, name: &str, mut generated: BTreeMap<String, Vec<u8>>) -> Result<String> {
        let (script, wasm) = (format!("{name}.js"), format!("{name}_bg.wasm"));
        let mut file =
            |name: &str| generated.remove(name).with_context(|| format!("the bindings came without {name}"));
        let text = String::from_utf8(file(&script)?)?;
        let hashed = self.add_hashed(&wasm, file(&wasm)?);
        Ok(self.add_hashed(&script, text.replace(&wasm, &hashed).into_bytes()))
    }

    fn add_hashed(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let hash = fingerprint::short(&bytes);
        let (stem, rest) = name.split_at(name.rfind('.').unwrap_or(name.len()));
        let hashed = format!("{stem}-{hash}{rest}");
        self.files.insert(hashed.clone(), bytes);
        hashed
    }

    /// A reader of the directory finds a whole page at any moment: see the invariants of `front`.
    pub fn write(&self, dist: &Path, quality: i32) -> Result<()> {
        for (name, bytes) in self.files.iter().filter(|(name, _)| *name != "index.html") {
            write_with_twin(dist, name, bytes, quality)?;
        }
        let index = self.files.get("index.html").context("a page without index.html")?;
        write_with_twin(dist, "index.html", index, quality)?;
        self.remove_stale(dist)
    }

    fn remove_stale(&self, dist: &Path) -> Result<()> {
        for (name, _) in files_below(dist)? {
            if !self.files.contains_key(name.strip_suffix(".br").unwrap_or(&name)) {
                fs::remove_file(dist.join(name))?;
            }
        }
        Ok(())
    }
}

fn link(rel: &str, name: &str, more: &str) -> String {
    format!("<link rel=\"{rel}\" href=\"/{name}\"{more}>\n")
}

/// The content security policy allows no script inside the page, so starting it is a file of its own.
fn start_script(script: &str, wasm: &str) -> String {
    let lines = START.lines().map(str::trim).filter(|line| !line.starts_with("//") && !line.is_empty());
    let text = lines.flat_map(|line| [line, "\n"]).collect::<String>();
    text.replace("SCRIPT", script).replace("WASM", wasm)
}

fn write_with_twin(dist: &Path, name: &str, bytes: &[u8], quality: i32) -> Result<()> {
    let path = dist.join(name);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    replace(&dist.join(format!("{name}.br")), &compress(bytes, quality)?)?;
    replace(&path, bytes)
}

/// By rename, so that nobody reads half a file.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path).with_context(|| format!("cannot write {}", path.display()))
}

fn compress(bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality, size_hint: bytes.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).context("cannot compress")?;
    Ok(out)
}

/// Every file below a directory, by its path from there with `/` between the parts; a missing directory is empty.
pub fn files_below(directory: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(folder) = open.pop() {
        if !folder.exists() {
            continue;
        }
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(directory)?.components();
            let name: Vec<_> = name.map(|part| part.as_os_str().to_string_lossy()).collect();
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.insert(name.join("/"), bytes);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(style: &str) -> Public {
        let files = [("hand.woff2", "font"), ("icon.svg", "<svg/>")];
        Public {
            shell: format!("<!doctype html><title>T</title>{HEAD}"),
            style: style.to_string(),
            later_style: "b {}".to_string(),
            files: files.map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).into(),
        }
    }

    fn assemble(style: &str) -> Page {
        let generated = tempdir("generated");
        fs::write(generated.join("app.js"), "import './parts.js'").unwrap();
        fs::write(generated.join("parts.js"), "import './app.js'; fetch('./split_panels.wasm')").unwrap();
        fs::write(generated.join("app_bg.wasm"), "wasm").unwrap();
        fs::write(generated.join("split_panels.wasm"), "wasm").unwrap();
        Page::assemble(&public(style), &generated, &workers()).unwrap()
    }

    fn workers() -> Vec<(&'static str, PathBuf)> {
        let folder = tempdir("worker");
        fs::write(folder.join("worker.js"), "new URL('worker_bg.wasm', import.meta.url)").unwrap();
        fs::write(folder.join("worker_bg.wasm"), "wasm").unwrap();
        vec![("worker", folder)]
    }

    fn tempdir(name: &str) -> PathBuf {
        static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("squall-xtask-{}-{name}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        path
    }

    #[test]
    fn names_carry_hashes_and_references_follow_them() {
        let page = assemble("@font-face { src: url(\"/hand.woff2\") }");
        let font = format!("hand-{}.woff2", fingerprint::short(b"font"));
        assert!(page.files.contains_key(&font));
        let style = page.files.iter().find(|(name, _)| name.starts_with("style-")).unwrap();
        assert!(String::from_utf8_lossy(style.1).contains(&font));
        let index = String::from_utf8_lossy(&page.files["index.html"]);
        assert!(index.contains(&font) && index.contains(style.0.as_str()) && index.contains("app_bg-"));
        assert!(page.files.contains_key("icon.svg"), "public files keep their names");
    }

    #[test]
    fn comments_and_indentation_of_styles_stay_at_home() {
        assert_eq!(bare("/* why */\na {\n  b: c; /* so */ d: e;\n}\n\n"), "a {\nb: c;  d: e;\n}\n");
    }

    #[test]
    fn the_parts_of_the_program_refer_to_each_other_by_their_hashed_names() {
        let page = assemble("");
        let text = |start: &str| {
            let found = page.files.iter().find(|(name, _)| name.starts_with(start)).unwrap();
            (found.0.clone(), String::from_utf8_lossy(found.1).into_owned())
        };
        let ((app, app_text), (parts, parts_text)) = (text("app-"), text("parts-"));
        let (panels, _) = text("split_panels-");
        assert_eq!(app_text, format!("import './{parts}'"));
        assert_eq!(parts_text, format!("import './{app}'; fetch('./{panels}')"));
    }

    #[test]
    fn the_page_knows_its_workers_and_fetches_none() {
        let page = assemble("");
        let wasm = format!("worker_bg-{}.wasm", fingerprint::short(b"wasm"));
        assert!(page.files.contains_key(&wasm));
        let (name, script) =
            page.files.iter().find(|(name, _)| name.ends_with(".js") && name.starts_with("worker-")).unwrap();
        assert!(String::from_utf8_lossy(script).contains(&wasm));
        let index = String::from_utf8_lossy(&page.files["index.html"]);
        assert!(
            index.contains(&format!("<meta name=\"squall-worker\" content=\"/{name}\">"))
                && !index.contains(&wasm)
        );
    }

    #[test]
    fn writing_a_page_removes_the_files_of_the_one_before_and_gives_each_a_twin() {
        let dist = tempdir("dist");
        assemble("a {}").write(&dist, 5).unwrap();
        let before = files_below(&dist).unwrap();
        let page = assemble("b {}");
        page.write(&dist, 5).unwrap();
        let after = files_below(&dist).unwrap();
        assert_eq!(before.len(), after.len());
        assert_eq!(after.len(), page.files.len() * 2);
        assert!(
            after
                .keys()
                .filter(|name| !name.ends_with(".br"))
                .all(|name| after.contains_key(&format!("{name}.br")))
        );
    }

    #[test]
    fn a_shell_without_a_place_for_its_links_is_refused() {
        let mut public = public("");
        public.shell = "<!doctype html>".to_string();
        let generated = tempdir("generated");
        fs::write(generated.join("app.js"), "js").unwrap();
        fs::write(generated.join("app_bg.wasm"), "wasm").unwrap();
        assert!(Page::assemble(&public, &generated, &workers()).is_err());
    }
}

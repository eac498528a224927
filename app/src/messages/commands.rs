//! The words of the commands, and of palette, menu, sheet and find bar.

pub const SECTION_CREATE: &str = "New stickies";
pub const SECTION_EDIT: &str = "Edit";
pub const SECTION_KINDS: &str = "Kind of sticky";
pub const SECTION_ARRANGE: &str = "Arrange";
pub const SECTION_LOOK: &str = "Look around";
pub const SECTION_HELP: &str = "Help";
pub const SECTION_GESTURES: &str = "Pointer and touch";
pub const SECTION_TEXT: &str = "In the text";
pub const SECTION_RUN: &str = "In the run";

// ---- new stickies
pub const NEW_EVENT: &str = "New event";
pub const NEW_COMMAND: &str = "New command";
pub const NEW_READ_MODEL: &str = "New read model";
pub const NEW_POLICY: &str = "New policy";
pub const NEW_CONSTRAINT: &str = "New constraint";
pub const NEW_ACTOR: &str = "New actor";
pub const NEW_SYSTEM: &str = "New external system";
pub const NEW_HOTSPOT: &str = "New hotspot";
pub const NEW_SCREEN: &str = "New screen";
pub const NEW_OPPORTUNITY: &str = "New opportunity";
pub const NEW_HEADING: &str = "New heading";
pub const NEW_SUBHEADING: &str = "New subheading";
pub const NEW_CHAPTER: &str = "New chapter";
pub const NEW_LANE: &str = "New lane";
pub const NEW_CONTEXT: &str = "New context";
pub const NEW_TERM: &str = "New glossary term";
pub const NEW_NOTE: &str = "New note";
pub const NEW_LAST: &str = "New sticky of the last kind";
pub const KINDS_ON_SELECTION: &str = "With stickies selected, a digit changes them to its kind.";

// ---- kinds
pub const TO_EVENT: &str = "Change to event";
pub const TO_COMMAND: &str = "Change to command";
pub const TO_READ_MODEL: &str = "Change to read model";
pub const TO_POLICY: &str = "Change to policy";
pub const TO_CONSTRAINT: &str = "Change to constraint";
pub const TO_ACTOR: &str = "Change to actor";
pub const TO_SYSTEM: &str = "Change to external system";
pub const TO_HOTSPOT: &str = "Change to hotspot";
pub const TO_SCREEN: &str = "Change to screen";
pub const TO_OPPORTUNITY: &str = "Change to opportunity";
pub const TO_HEADING: &str = "Change to heading";
pub const TO_SUBHEADING: &str = "Change to subheading";
pub const TO_CHAPTER: &str = "Change to chapter";
pub const TO_LANE: &str = "Change to lane";
pub const TO_CONTEXT: &str = "Change to context";
pub const TO_TERM: &str = "Change to glossary term";
pub const TO_NOTE: &str = "Change to note";

// ---- edit
pub const EDIT: &str = "Write on the sticky";
pub const UNDO: &str = "Undo my last step";
pub const REDO: &str = "Redo";
pub const CUT: &str = "Cut";
pub const COPY: &str = "Copy";
pub const PASTE: &str = "Paste";
pub const DUPLICATE: &str = "Duplicate";
pub const COPY_LINK: &str = "Copy link to this sticky";
pub const SELECT_ALL: &str = "Select everything";
pub const DELETE: &str = "Delete";
pub const LEAVE: &str = "Leave, deselect, close";

// ---- arrange
pub const NUDGE: &str = "Move by 1 or by 10";
pub const ALIGN_LEFT: &str = "Align left edges";
pub const ALIGN_RIGHT: &str = "Align right edges";
pub const ALIGN_TOP: &str = "Align upper edges";
pub const ALIGN_BOTTOM: &str = "Align lower edges";
pub const GROUP: &str = "Group";
pub const UNGROUP: &str = "Ungroup";
pub const LOCK: &str = "Lock";
pub const UNLOCK: &str = "Unlock";
pub const TIDY: &str = "Tidy: lay everything out from left to right";

// ---- look around
pub const FIND: &str = "Find on the board";
pub const FIND_NEXT: &str = "Next match";
pub const FIND_PREVIOUS: &str = "Previous match";
pub const WALK: &str = "Next or previous sticky in reading order";
pub const NEAREST: &str = "Nearest sticky in that direction";
pub const PAN: &str = "Move the wall, with nothing selected";
pub const ZOOM_IN: &str = "Zoom in";
pub const ZOOM_OUT: &str = "Zoom out";
pub const FULL_SIZE: &str = "Zoom to 100 %";
pub const FIT: &str = "Show the whole board";
pub const FIT_SELECTION: &str = "Show the selection";
pub const SELECT_TOOL: &str = "Select with the pointer";
pub const HAND_TOOL: &str = "Move the wall with the pointer";
pub const TEXT: &str = "Show or hide the board as text";
pub const RUN: &str = "Run: play the model on the wall";
pub const FIXES: &str = "Findings and fixes of the selection";
pub const NEXT_FINDING: &str = "Next finding";
pub const PREVIOUS_FINDING: &str = "Previous finding";
pub const FINDINGS: &str = "Show the findings";
pub const SHARE: &str = "Share the board";
pub const EXPORT: &str = "Export the board";
pub const BUILD: &str = "Build a service";
pub const TRY: &str = "Try the API";
pub const ME: &str = "My name, colours and keys";

// ---- help
pub const PALETTE: &str = "Find a command";
pub const MENU: &str = "Menu of the selection or the wall";
pub const KEYS: &str = "Keyboard shortcuts";
pub const LETTERS_OFF: &str = "Switch single-letter shortcuts off";
pub const LETTERS_ON: &str = "Switch single-letter shortcuts on";
pub const LETTERS_ARE_OFF: &str = "Single-letter shortcuts are off";
pub const LETTERS_ARE_ON: &str = "Single-letter shortcuts are on";
pub const LETTERS_SWITCH: &str = "Single letters, digits and signs are shortcuts";
pub const LETTERS_ON_HELP: &str = "Switch this off if you press them by accident, or dictate.";
pub const LETTERS_OFF_HELP: &str = "Those shortcuts are off. Find every command with Ctrl+K.";
pub const KEY_ARROWS: &str = "Arrow keys";
pub const KEY_MENU: &str = "Menu key";

// ---- in the run: the keys of Redux DevTools
pub const RUN_KEYS: [(&str, &[&str]); 4] = [
    ("Play the run from here, or pause", &["Ctrl+J"]),
    ("One event back", &["Ctrl+["]),
    ("One event on", &["Ctrl+]"]),
    ("Do the command that is filled in", &["Enter"]),
];

// ---- in the text
pub const TEXT_OFFER: &str = "What may stand here";
pub const TEXT_MEND: &str = "Findings and fixes of this line";
pub const TEXT_UP: &str = "Move lines up";
pub const TEXT_DOWN: &str = "Move lines down";
pub const TEXT_COPY_UP: &str = "Copy lines, and stay in the upper ones";
pub const TEXT_COPY_DOWN: &str = "Copy lines, and go to the lower ones";
pub const TEXT_DELETE: &str = "Delete lines";
pub const TEXT_BELOW: &str = "New line below";
pub const TEXT_ABOVE: &str = "New line above";
pub const TEXT_COMMENT: &str = "Lines become notes, and back";
pub const TEXT_INDENT: &str = "Lines further in";
pub const TEXT_OUTDENT: &str = "Lines further out";
pub const TEXT_LEAVE: &str = "Close what is open; Tab then leaves the text";

/// What a hand can do without keys, and how; Ctrl is Cmd on a Mac.
pub const GESTURES: [(&str, &str); 11] = [
    ("Move stickies; Ctrl keeps them from snapping", "Drag"),
    ("Move a copy", "Alt and drag"),
    ("Select an area, also over stickies", "Drag on the wall, or Shift and drag"),
    ("Select one more, or one less", "Shift and click"),
    ("Move the wall", "Space and drag, middle or right drag, wheel"),
    ("Zoom", "Ctrl and wheel, or pinch"),
    ("Write on a sticky, or a new one", "Double click or double tap"),
    ("A sticky of a group by itself", "Double click"),
    ("Menu", "Right click, or rest a finger"),
    ("Move the wall by touch", "One finger on the wall, or two anywhere"),
    ("Add stickies from elsewhere", "Drop text or a file on the wall"),
];

/// Names of keys as they stand on this person's keyboard.
pub fn on_this_keyboard(words: &str) -> String {
    if crate::browser::is_mac() {
        words.replace("Ctrl", "⌘").replace("Alt", "⌥")
    } else {
        words.to_owned()
    }
}

// ---- palette and menu
pub const PALETTE_HINT: &str = "What do you want to do?";
pub const COMMANDS: &str = "Commands";
pub const NO_COMMAND: &str = "No command is called that. Try other letters.";
pub const MENU_SELECTION: &str = "The selection";
pub const MENU_WALL: &str = "The wall";

// ---- find
pub const FIND_HINT: &str = "Find names, properties, notes";
pub const FOUND_NOTHING: &str = "Nothing found";

pub fn found(nth: usize, all: usize) -> String {
    format!("{nth} of {all}")
}

pub fn found_many(all: usize) -> String {
    format!("{all} found")
}

// ---- what happened
pub const IS_LOCKED: &str = "This is locked. Unlock it with Ctrl+Shift+L or in its menu to change it.";
pub const LOCKED: &str = "Locked";
pub const UNLOCKED: &str = "Unlocked";
pub const GROUPED: &str = "Grouped";
pub const UNGROUPED: &str = "Ungrouped";
pub const LINK_COPIED: &str = "The link to this sticky is copied.";
pub const NO_SUCH_STICKY: &str = "The sticky that this link leads to is not on the board any more.";

pub fn copy_this(link: &str) -> String {
    format!("The browser does not let this page copy. The link is: {link}")
}

// ---- clipboard and drops
pub const COPY_BY_KEY: &str = "The browser does not let this page copy. Press Ctrl+C instead.";
pub const CUT_BY_KEY: &str = "The browser does not let this page cut. Press Ctrl+X instead.";
pub const PASTE_BY_KEY: &str =
    "The browser does not let this page read the clipboard. Press Ctrl+V to paste.";
pub const NOTHING_TO_PASTE: &str = "There is no text to make stickies of.";
pub const PASTE_TOO_LARGE: &str = "That is more than 5,000 lines, too much for one paste. Paste a part of it, or start a board of its own with it.";
pub const DROP_HERE: &str = "Drop it here: each line becomes a sticky";
pub const FILE_TOO_LARGE: &str = "This file is too large for stickies. Open a part of it.";
pub const FILE_UNREADABLE: &str =
    "This file is no text. Drop a .emd, .eml.yaml, .mmd, .svg, .txt or .squall file.";
pub const OPEN_BOARD: &str = "Open it";
pub const BOARD_REFUSED: &str =
    "The server could not open this file as a board. It may be damaged or too large.";

pub fn is_a_board(file: &str) -> String {
    format!("{file} is a whole board. It opens as a board of its own.")
}

pub fn copied(count: usize) -> String {
    if count == 1 { "Sticky copied".to_owned() } else { format!("{count} stickies copied") }
}

pub fn pasted(count: usize) -> String {
    if count == 1 { "1 sticky pasted".to_owned() } else { format!("{count} stickies pasted") }
}

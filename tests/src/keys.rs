//! The keyboard: real key events with the codes of a US keyboard.

use anyhow::{Context, Result};
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchKeyEventType, ImeSetCompositionParams, InsertTextParams,
};
use chromiumoxide::keys::{KeyDefinition, USKEYBOARD_LAYOUT};

use crate::person::Person;

impl Person {
    /// One stroke: `"a"`, `"Enter"`, `"Control+z"`, `"Control+Shift+Z"`.
    pub async fn press(&self, stroke: &str) -> Result<()> {
        let mut modifiers = 0;
        let mut key = stroke;
        while let Some((modifier, rest)) = key.split_once('+').filter(|(_, rest)| !rest.is_empty()) {
            modifiers |= match modifier {
                "Alt" => 1,
                "Control" => 2,
                "Meta" => 4,
                "Shift" => 8,
                other => anyhow::bail!("`{other}` is no modifier"),
            };
            key = rest;
        }
        self.stroke(key, modifiers).await
    }

    /// Types a text key by key, Enter for a line's end; what no key of the keyboard makes is inserted as such.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        for letter in text.chars() {
            self.type_letter(letter).await?;
        }
        Ok(())
    }

    pub async fn type_letter(&self, letter: char) -> Result<()> {
        match letter {
            '\n' => self.stroke("Enter", 0).await,
            '\t' => self.stroke("Tab", 0).await,
            _ => {
                let name = letter.to_string();
                if definition(&name).is_some() {
                    self.stroke(&name, if letter.is_ascii_uppercase() { 8 } else { 0 }).await
                } else {
                    self.page().execute(InsertTextParams::new(name)).await?;
                    Ok(())
                }
            }
        }
    }

    /// Puts a text on the clipboard and pastes it, as Ctrl+V does.
    pub async fn paste(&self, text: &str) -> Result<()> {
        self.eval(&format!("navigator.clipboard.writeText({})", serde_json::Value::from(text))).await?;
        let known = definition("v").context("there is no key V")?;
        let mut down = event(DispatchKeyEventType::RawKeyDown, known, 2);
        down.commands = Some(vec!["paste".to_string()]);
        self.page().execute(down).await?;
        self.page().execute(event(DispatchKeyEventType::KeyUp, known, 2)).await?;
        Ok(())
    }

    /// Composes a word as an input method does: it stands in the field, and is not typed yet.
    pub async fn compose(&self, word: &str) -> Result<()> {
        let end = word.encode_utf16().count() as i64;
        self.page().execute(ImeSetCompositionParams::new(word, end, end)).await?;
        Ok(())
    }

    /// Ends the composition with this word.
    pub async fn commit(&self, word: &str) -> Result<()> {
        self.page().execute(InsertTextParams::new(word)).await?;
        Ok(())
    }

    async fn stroke(&self, key: &str, modifiers: i64) -> Result<()> {
        let known = definition(key).with_context(|| format!("`{key}` is no key"))?;
        let text = text_of(known).filter(|_| modifiers & 0b0111 == 0);
        let kind =
            if text.is_some() { DispatchKeyEventType::KeyDown } else { DispatchKeyEventType::RawKeyDown };
        let mut down = event(kind, known, modifiers);
        down.text = text.clone();
        down.unmodified_text = text;
        self.page().execute(down).await?;
        self.page().execute(event(DispatchKeyEventType::KeyUp, known, modifiers)).await?;
        Ok(())
    }
}

pub(crate) fn event(
    kind: DispatchKeyEventType,
    known: &KeyDefinition,
    modifiers: i64,
) -> DispatchKeyEventParams {
    let mut event = DispatchKeyEventParams::new(kind);
    event.key = Some(known.key.to_string());
    event.code = Some(known.code.to_string());
    event.windows_virtual_key_code = Some(known.key_code);
    event.native_virtual_key_code = Some(known.key_code);
    event.modifiers = Some(modifiers);
    event
}

/// The main key of that name, not the one of the number pad.
pub(crate) fn definition(key: &str) -> Option<&'static KeyDefinition> {
    let mut named = USKEYBOARD_LAYOUT.iter().filter(|known| known.key == key && !known.code.is_empty());
    let first = named.clone().next();
    named.find(|known| !known.code.starts_with("Numpad")).or(first)
}

fn text_of(known: &KeyDefinition) -> Option<String> {
    if known.key == "Enter" {
        return Some("\r".to_string());
    }
    (known.key.chars().count() == 1).then(|| known.key.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_printable_character_of_the_keyboard_has_a_key() {
        for letter in ' '..='~' {
            assert!(definition(&letter.to_string()).is_some(), "{letter:?}");
        }
        for name in ["Enter", "Tab", "Escape", "Backspace", "Delete", "ArrowLeft", "Home", "End", "F2"] {
            assert!(definition(name).is_some(), "{name}");
        }
    }
}

//! Passwords: argon2id, off the async threads, two at a time.

use std::sync::{Arc, OnceLock};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::problem::Problem;

/// Shortest password, in characters.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// Longest password, in bytes: a longer one only costs time.
pub(crate) const PASSWORD_BYTES_MAX: usize = 1024;
/// How many are checked at once: each takes a core and 19 MiB for some tens of milliseconds.
const AT_ONCE: usize = 2;

/// The PHC string of a password. Slow by design: call it where blocking is allowed.
pub fn hash_password(password: &str) -> Result<String, Problem> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| Problem::bug(&format_args!("a password cannot be hashed: {error}")))
}

/// Whether a new password will do.
pub(crate) fn check(field: &str, password: &str) -> Result<(), Problem> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Err(Problem::invalid_field(field, format!("use at least {PASSWORD_CHARS_MIN} characters")));
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(Problem::invalid_field(field, format!("use at most {PASSWORD_BYTES_MAX} bytes")));
    }
    Ok(())
}

/// Where passwords are checked and hashed.
#[derive(Clone)]
pub(crate) struct Passwords {
    places: Arc<Semaphore>,
    /// Checked when there is no account, so that the answer takes as long as with one.
    decoy: Arc<OnceLock<String>>,
}

impl Passwords {
    pub(crate) fn new() -> Self {
        Self { places: Arc::new(Semaphore::new(AT_ONCE)), decoy: Arc::new(OnceLock::new()) }
    }

    pub(crate) async fn hash(&self, password: String) -> Result<String, Problem> {
        self.work(move |_| hash_password(&password)).await?
    }

    /// Whether the password fits; the same work when there is no hash to fit.
    pub(crate) async fn fits(&self, password: String, hash: Option<String>) -> Result<bool, Problem> {
        self.work(move |decoy| {
            if password.len() > PASSWORD_BYTES_MAX {
                return Ok(false);
            }
            let exists = hash.is_some();
            let hash = match hash {
                Some(hash) => hash,
                None => match decoy.get() {
                    Some(decoy) => decoy.clone(),
                    None => hash_password("nobody's")?,
                },
            };
            if !exists {
                let _ = decoy.set(hash.clone());
            }
            let parsed = PasswordHash::new(&hash)
                .map_err(|error| Problem::bug(&format_args!("a stored password hash cannot be read: {error}")))?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && exists)
        })
        .await?
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce(&OnceLock<String>) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let place = self.places.clone().acquire_owned().await;
        let decoy = self.decoy.clone();
        tokio::task::spawn_blocking(move || {
            // Held until the work is done, also when nobody waits for it any more.
            let _place = place;
            job(&decoy)
        })
        .await
        .map_err(|error| Problem::bug(&format_args!("the password check broke off: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_and_nobody_fits_no_account() {
        let passwords = Passwords::new();
        let hash = passwords.hash("correct horse battery".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(passwords.fits("correct horse battery".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.fits("incorrect horse".to_owned(), Some(hash)).await.unwrap());
        assert!(!passwords.fits("nobody's".to_owned(), None).await.unwrap());
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        assert!(check("password", "too short").is_err());
        assert!(check("password", "long enough").is_ok());
        assert_eq!(check("new", &"x".repeat(2000)).unwrap_err().field.as_deref(), Some("new"));
    }
}

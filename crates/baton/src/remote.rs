//! A running server as the command line asks it: as a person who signs in, and signs out again.

use anyhow::{Context, bail};
use reqwest::{Client, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

/// A session at a server.
pub(crate) struct Remote {
    server: Url,
    client: Client,
    token: String,
}

impl Remote {
    /// Signs in with the password that the environment has.
    pub(crate) async fn sign_in(server: &Url, email: Option<&str>) -> anyhow::Result<Self> {
        let email =
            email.context("name who you are: --email you@example.org, and give the password in BATON_PASSWORD")?;
        let password =
            std::env::var("BATON_PASSWORD").context("give the password in the environment variable BATON_PASSWORD")?;
        let client = Client::builder().no_proxy().build()?;
        let request = client
            .post(server.join("/v1/session")?)
            .json(&json!({ "email": email, "password": password, "transport": "bearer" }));
        let signed_in: Value = answer(request).await.context("sign in")?;
        let token = signed_in.get("token").and_then(Value::as_str).context("sign in: the server gave no token")?;
        let token = token.to_owned();
        Ok(Self { server: server.clone(), client, token })
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        answer(self.request(Method::GET, path)?).await
    }

    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> anyhow::Result<T> {
        answer(self.request(method, path)?.json(body)).await
    }

    pub(crate) async fn sign_out(self) {
        // A session that is not ended here ends by itself.
        if let Ok(request) = self.request(Method::DELETE, "/v1/session") {
            let _ = request.send().await;
        }
    }

    fn request(&self, method: Method, path: &str) -> anyhow::Result<reqwest::RequestBuilder> {
        Ok(self.client.request(method, self.server.join(path)?).bearer_auth(&self.token))
    }
}

async fn answer<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> anyhow::Result<T> {
    let answer = request.send().await?;
    let status = answer.status();
    let text = answer.text().await?;
    if !status.is_success() {
        let problem: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        let detail = problem.get("detail").and_then(Value::as_str).unwrap_or("it said nothing more");
        bail!("the server refused with {status}: {detail}");
    }
    serde_json::from_str(&text)
        .context("the server's answer is not what was asked for; is it another version of Baton?")
}

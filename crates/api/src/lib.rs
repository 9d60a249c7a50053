//! HTTP and WebSocket: wire types, one authorisation matrix, problem+json, OpenAPI.

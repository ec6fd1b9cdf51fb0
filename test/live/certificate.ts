// A self-signed certificate for localhost with its key, for tests of TLS only: nobody trusts it, and it guards nothing.

export const certificate = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUREjorhOIJftzzm8m49pBUYmzCi0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzA0MDExMVoYDzIxMjYxMDMw
MDQwMTExWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATwSAdlCpL+J1KwqdNeT7hiztO3uT/CCAb9hRasaxoKiImOG+Y9dvJG
olhZUIGAdB5helBBGgH6HPlwxyRI6flxo28wbTAdBgNVHQ4EFgQUKBYoD29JMWPT
QGeMQfzwctnugIgwHwYDVR0jBBgwFoAUKBYoD29JMWPTQGeMQfzwctnugIgwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAKdKdAneNFucN92DqVzdFOX0CGv8yFgA++enEgtb6kDfAiB8
wmN6XOBozoPKtoKDZ4vKOHyZ8oBQm3tIXBQ1RbQWkg==
-----END CERTIFICATE-----
`;

export const certificateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCIiBSLG0Qbis2yvw
aRGEtcFrWkIQ/89HYgCH9kPcfPyhRANCAATwSAdlCpL+J1KwqdNeT7hiztO3uT/C
CAb9hRasaxoKiImOG+Y9dvJGolhZUIGAdB5helBBGgH6HPlwxyRI6flx
-----END PRIVATE KEY-----
`;

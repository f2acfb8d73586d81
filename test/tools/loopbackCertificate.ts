/**
 * A key and a certificate for 127.0.0.1 that nobody trusts, to run the Bot API double over TLS: an agent that telegraf
 * uses in production is used for HTTPS only. Worth nothing to anybody else; valid for a hundred years.
 */
export const LOOPBACK_TLS = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg960Ddc3RCiFTdaiq
+OOYER5dPJjXbVpHTilZ+IgbEU+hRANCAAS0aLRdrBCwjhrKL6Tf/M/0N5GKCEnZ
yUZ5J9HK7eKCaORXHMHyTjyqsHxLJveewbKfn5XNNL0jE0prL7ISkDhb
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUfTgzVpdA26ruq4WW2nr/aN+2vNUwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNDAzMDIwMloYDzIxMjYxMDMx
MDMwMjAyWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAS0aLRdrBCwjhrKL6Tf/M/0N5GKCEnZyUZ5J9HK7eKCaORXHMHyTjyq
sHxLJveewbKfn5XNNL0jE0prL7ISkDhbo28wbTAdBgNVHQ4EFgQUVc/8ZEE/TgWQ
8Ma8vMeH7CInzbMwHwYDVR0jBBgwFoAUVc/8ZEE/TgWQ8Ma8vMeH7CInzbMwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
zj0EAwIDRwAwRAIgLEhAYg3zRbKyHf2JDKaY2jS0/s2G3fnftm5nZnzIkP0CIHJL
Pt8YxCLshDX6VjZSr3m2rn34pSRBSQLZnQd/vtfZ
-----END CERTIFICATE-----
`,
};

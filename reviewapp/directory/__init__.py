"""The company's directory: signing in by it (OIDC, SAML), the accounts and groups it hands over (SCIM)."""

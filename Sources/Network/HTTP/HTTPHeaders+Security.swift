extension HTTPHeaders {
    /// What keeps a browser from being turned against the site: own scripts only, no framing, no guessing of types.
    ///
    /// There is no `Access-Control-Allow-Origin`: no other page may read an answer. `contentSecurityPolicy` replaces the
    /// one given, which allows scripts, styles, pictures and connections of the same origin only.
    public static func security(
        contentSecurityPolicy: String = "default-src 'self'; img-src 'self' data:; object-src 'none'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ) -> HTTPHeaders {
        [
            "Content-Security-Policy": contentSecurityPolicy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        ]
    }
}

import Network

/// The files of the page by their paths; they are part of the program, so that it can be copied anywhere.
enum PageFiles {
    static let all: [String: HTTPAsset] = [
        "/": HTTPAsset(bytes: PackageResources.index_html, type: "text/html; charset=utf-8"),
        "/web/style.css": HTTPAsset(bytes: PackageResources.style_css, type: "text/css; charset=utf-8"),
        "/web/colours.css": HTTPAsset(bytes: PackageResources.colours_css, type: "text/css; charset=utf-8"),
        "/web/icon.svg": HTTPAsset(bytes: PackageResources.icon_svg, type: "image/svg+xml"),
        "/web/main.js": script(PackageResources.main_js),
        "/web/connection.js": script(PackageResources.connection_js),
        "/web/document.js": script(PackageResources.document_js),
        "/web/dom.js": script(PackageResources.dom_js),
        "/web/format.js": script(PackageResources.format_js),
        "/web/header.js": script(PackageResources.header_js),
        "/web/alarms.js": script(PackageResources.alarms_js),
        "/web/licence.js": script(PackageResources.licence_js),
        "/web/limits.js": script(PackageResources.limits_js),
        "/web/links.js": script(PackageResources.links_js),
        "/web/ocpp.js": script(PackageResources.ocpp_js),
        "/web/trust.js": script(PackageResources.trust_js),
        "/web/power.js": script(PackageResources.power_js),
        "/web/circuits.js": script(PackageResources.circuits_js),
        "/web/phase-bar.js": script(PackageResources.phase_bar_js),
        "/web/boxes.js": script(PackageResources.boxes_js),
        "/web/history.js": script(PackageResources.history_js),
        "/web/chart.js": script(PackageResources.chart_js),
        "/web/scale.js": script(PackageResources.scale_js),
    ]

    /// The description of the interface (OpenAPI 3.1).
    static var openAPI: ControlResponse { ControlResponse(body: PackageResources.openapi_json) }

    private static func script(_ bytes: [UInt8]) -> HTTPAsset {
        HTTPAsset(bytes: bytes, type: "text/javascript; charset=utf-8")
    }
}

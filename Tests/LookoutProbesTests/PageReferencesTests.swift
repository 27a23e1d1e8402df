import LookoutTestSupport
import Testing

@testable import LookoutProbes

@Suite struct PageReferencesTests {
    private func references(_ html: String) throws -> PageReferences {
        PageReferences(html: Array(html.utf8), url: try #require(WebURL("https://a.example/app/index.html")))
    }

    private func urls(_ html: String) throws -> [String] {
        try references(html).assets.map { "\($0.kind.rawValue) \($0.url)" }
    }

    @Test(arguments: [
        ("<script src=x.js></script>", ["script https://a.example/app/x.js"]),
        ("<SCRIPT type='module' SRC = \"/x.js?a=1&amp;b=2\" >", ["script https://a.example/x.js?a=1&b=2"]),
        ("<script\nasync\tsrc='//cdn.example/x.js'/>", ["script https://cdn.example/x.js"]),
        ("<link rel=stylesheet href=s.css>", ["style https://a.example/app/s.css"]),
        ("<link rel='preload stylesheet' as=style href=s.css>", ["style https://a.example/app/s.css"]),
        ("<link rel=modulepreload href=m.js>", ["script https://a.example/app/m.js"]),
        ("<link rel=preload as=script href=p.js>", ["script https://a.example/app/p.js"]),
        ("<base href=/deep/><script src=x.js></script>", ["script https://a.example/deep/x.js"]),
        ("<script src=x.js></script><script src=x.js#2></script>", ["script https://a.example/app/x.js"]),
        (
            "<script>if (a<b) '<script src=no.js>'</script><script src=y.js>",
            ["script https://a.example/app/y.js"]
        ),
        ("<p title='<script src=no.js>'><script src=y.js>", ["script https://a.example/app/y.js"]),
    ])
    func `scripts and styles are found`(html: String, expected: [String]) throws {
        #expect(try urls(html) == expected)
    }

    @Test(arguments: [
        "<!-- <script src=no.js></script> -->", "<!--><!-- <script src=no.js>",
        "<noscript><link rel=stylesheet href=no.css></noscript>",
        "<template><script src=no.js></script></template>", "<script type='application/json' src=no.json>",
        "<script type=importmap src=no.json>", "<script nomodule src=no.js>", "<script src=''>",
        "<script src='data:,x'>",
        "<link rel=icon href=no.png>", "<link rel='alternate stylesheet' href=no.css>",
        "<link rel=stylesheet disabled href=no.css>",
        "<link rel=preload as=font href=no.woff2>", "<textarea><script src=no.js></textarea>",
        "<style><script src=no.js></style>",
        "<script src", "<", "</script", "<!doctype", "<!--", "< script src=no.js>",
    ])
    func `what a browser does not load is not found`(html: String) throws {
        #expect(try urls(html) == [])
    }

    @Test func `what is no URL is told`() throws {
        #expect(try references("<script src='http://'></script>").invalid == ["http://"])
    }

    @Test func `meta elements are read by name`() throws {
        let metas = try references(
            "<meta name=App-Version content='1&#46;2'><meta property=og:x content=y><meta charset=utf-8>"
        ).metas
        #expect(metas == ["app-version": "1.2", "og:x": "y"])
    }

    @Test func `no bytes can trap the tokenizer`() async {
        let alphabet = Array("<>/!-='\"& ascriptlnk\u{0}".utf8)
        await checkAll(cases: 5000) { random in
            let html = random.bytes(upTo: 60, from: alphabet)
            var count = 0
            for _ in HTMLTokenizer(html) { count += 1 }
            try #require(count <= html.count)
        }
    }
}

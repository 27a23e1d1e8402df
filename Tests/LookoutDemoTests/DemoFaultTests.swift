import Testing

@testable import LookoutDemo

@Suite struct DemoFaultParsing {
    @Test(arguments: DemoPart.allCases)
    func `every fault of every part reads back from its own text`(part: DemoPart) throws {
        for environment in DemoStack.environments {
            for kind in part.faults {
                let fault = DemoFault(environment: environment, part: part, kind: kind)
                #expect(try DemoFault(parsing: fault.description) == fault)
            }
        }
    }

    @Test(arguments: [
        ("production.backend", "write environment.part=fault"),
        ("production=503", "write environment.part=fault"),
        ("", "write environment.part=fault"),
        ("prodution.backend=503", "did you mean \"production\"?"),
        ("production.backnd=503", "did you mean \"backend\"?"),
        ("production.backend=emergencymode", "did you mean \"emergency-mode\"?"),
        ("production.websocket=slow", "known: refused, closed-4001, silent"),
    ])
    func `a wrong fault is refused with the right word`(text: String, hint: String) {
        #expect {
            try DemoFault(parsing: text)
        } throws: {
            "\($0)".contains(hint)
        }
    }
}

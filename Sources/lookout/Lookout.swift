import LookoutCommands

@main
enum Lookout {
    static func main() async {
        await CommandLineProgram.run()
    }
}

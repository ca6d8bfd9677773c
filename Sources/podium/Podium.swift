@main enum Podium {
  static func main() {}
}

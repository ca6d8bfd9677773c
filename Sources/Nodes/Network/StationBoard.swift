import Network

/// Which address belongs to whom on the simulated machines.
final class StationBoard: Stations {
  private var stations: [String: any Station] = [:]

  func add(_ station: any Station) { stations[station.peer.address] = station }

  func remove(_ station: any Station) {
    if stations[station.peer.address] === station { stations[station.peer.address] = nil }
  }

  func station(at address: String) -> (any Station)? { stations[address] }
}

/// Decides which changes share a transaction, and when it is written: pure, on a clock that is handed in.
///
/// ```
/// idle ─add→ writing ─written→ idle, or waiting for company ─time is up, or something urgent→ writing
/// ```
/// Somebody waits for the urgent changes, so a transaction with them comes as soon as the one before is written. Patient
/// ones gather meanwhile and go along about once in a hundredth of a second, so that they neither lengthen each of these
/// transactions nor need many of their own. With little to do nobody waits for anybody.
struct CommitTurns<Change> {
    /// What is to be done next.
    enum Step: Equatable {
        case nothing
        /// Take the changes and write them.
        case write
        /// Come back after so many nanoseconds with the number of this turn.
        case wait(nanoseconds: UInt64, turn: Int)
    }

    private enum Phase: Equatable {
        case idle, writing, waiting
    }

    /// After a transaction of fewer changes the next one waits for nobody.
    static var crowd: Int { 3 }
    /// How long urgent changes wait for company, in nanoseconds.
    static var pause: UInt64 { 2_000_000 }
    /// How long after each other patient changes are written, in nanoseconds.
    static var patience: UInt64 { 8_000_000 }

    private var phase = Phase.idle
    private var turn = 0
    private var urgent: [Change] = []
    private var patient: [Change] = []
    /// What the last transaction held, and when the last one with patient changes was written.
    private var last = (count: 0, isPatient: false, patientAt: UInt64(0))

    /// Takes a change in.
    mutating func add(_ change: Change, isUrgent: Bool) -> Step {
        if isUrgent { urgent.append(change) } else { patient.append(change) }
        switch phase {
        case .writing: return .nothing
        // What was urgent before has a short wait already.
        case .waiting where !isUrgent || urgent.count > 1: return .nothing
        case .idle, .waiting:
            phase = .writing
            return .write
        }
    }

    /// The changes of the next transaction; patient ones are among them only where it is their time.
    mutating func take(at now: UInt64) -> [Change] {
        defer { urgent = [] }
        let isPatient =
            !patient.isEmpty
            && (urgent.isEmpty || last.count < Self.crowd || now &- last.patientAt >= Self.patience)
        last = (urgent.count + (isPatient ? patient.count : 0), isPatient, last.patientAt)
        guard isPatient else { return urgent }
        defer { patient = [] }
        return urgent + patient
    }

    /// Ends a transaction.
    mutating func written(at now: UInt64) -> Step {
        if last.isPatient { last.patientAt = now }
        guard !urgent.isEmpty || !patient.isEmpty else {
            phase = .idle
            return .nothing
        }
        let since = now &- last.patientAt
        let wait = urgent.isEmpty ? Self.patience - min(since, Self.patience) : Self.pause
        guard last.count >= Self.crowd, wait > 0 else { return .write }
        phase = .waiting
        turn += 1
        return .wait(nanoseconds: wait, turn: turn)
    }

    /// Ends a wait, unless something urgent has ended it before.
    mutating func timeIsUp(turn: Int) -> Step {
        guard phase == .waiting, turn == self.turn else { return .nothing }
        phase = .writing
        return .write
    }
}

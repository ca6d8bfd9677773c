extension Tables {
  /// The classroom's kinds: the room, its people, how far they are, and what is broken for them.
  static let classroom = #"""
    package dev.podium.v1 podium.dev/v1

    words LearnerPhase: Pending Ready Terminating
    words AttemptState: Working Passed Completed
    words IncidentState: Active Failed

    kind Classroom list  -- The room: what its instructor wants of everybody in it.
      metadata 1: ObjectMeta      -- Name, labels and the like.
      spec     2: ClassroomSpec   -- What the instructor wants.
      status   3: ClassroomStatus -- How one gets in, and who is there.

    type ClassroomSpec  -- What the instructor wants.
      title     1: string            length 120 -- What the course is called.
      locked    2: boolean                      -- Whether nobody new may join.
      joinCodes 3: int64             min 0      -- How many new codes have been asked for; raise it for new ones.
      message   4: ClassroomMessage?            -- What everybody is to read; none if absent.
      push      5: ClassroomPush?               -- Where everybody is to be put.
      paused    6: boolean                      -- Whether the learners' clocks stand still.
      places    7: int32?            range 1 300  -- How many learners there may be; 300 if absent.
      joinsPerMinute 8: int32?       range 1 1000 -- How many may join in a minute from one address; 40 if absent.

    type ClassroomMessage  -- What everybody is to read.
      text   1: string length 2000 -- The words.
      number 2: int64  min 0       -- Raise it to say the same words again.

    type ClassroomPush  -- The step that everybody is to be put at.
      lesson 1: string length 120 -- The lesson.
      step   2: string length 120 -- The step; the lesson's first where empty.
      number 3: int64  min 0      -- Raise it to put everybody there, again.

    type ClassroomStatus  -- How one gets in, and who is there.
      joinCode      1: string -- With which a learner joins.
      assistantCode 2: string -- With which an assistant signs in.
      observerCode  3: string -- With which an observer signs in.
      joinCodes     4: int64  -- How many new codes have been made.
      learners      5: int64  -- How many learners there are.
      places        6: int64  -- How many there may be.

    kind Learner list  -- Somebody who learns, with a cluster of their own.
      metadata 1: ObjectMeta    -- Name, labels and the like.
      spec     2: LearnerSpec   -- Who it is and what they ask for.
      status   3: LearnerStatus -- What the classroom has done for them.

    type LearnerSpec  -- Who it is and what they ask for.
      nickname 1!: string  shown required -- What the others call them.
      hand      2: boolean                -- Whether the hand is raised.
      resets    3: int64   min 0          -- How often to make the cluster anew; raise it to do so.

    type LearnerStatus  -- What the classroom has done for them.
      phase     1: LearnerPhase    -- Whether the cluster is there.
      cluster   2: string          -- The cluster's name.
      joinedAt  3: Time?           -- Since when they are here.
      lastSeen  4: Time?           -- When they were last at work, to the minute.
      handSince 5: Time?           -- Since when the hand is raised.
      resets    6: int64           -- How often the cluster has been made anew.
      paused    7: boolean         -- Whether the classroom has stopped the clock.
      message   8: LearnerMessage? -- What they are to read.
      push      9: LearnerPush?    -- Where they have been put.
      current  10: LearnerPlace?   -- Where they are.
      problem  11: string          -- Why something that was asked for could not be done.

    type LearnerMessage  -- What a learner is to read.
      text   1: string -- The words.
      number 2: int64  -- Which saying of them.
      since  3: Time?  -- Since when.

    type LearnerPush  -- Where a learner has been put.
      lesson   1: string -- The lesson.
      step     2: string -- The step.
      number   3: int64  -- Which of the classroom's pushes it was.
      since    4: Time?  -- When it was done.
      revision 5: string -- The cluster's revision in the step's start state.
      problem  6: string -- Why it could not be done.

    type LearnerPlace  -- A step of a lesson.
      lesson 1: string -- The lesson.
      step   2: string -- The step.

    kind Attempt list  -- One learner at one lesson.
      metadata 1: ObjectMeta    -- Name, labels and the like.
      spec     2: AttemptSpec   -- Who, and at which lesson.
      status   3: AttemptStatus -- How far they are.

    type AttemptSpec  -- Who, and at which lesson.
      learner 1!: string shown required immutable -- The Learner's name.
      lesson  2!: string shown required immutable -- The lesson.

    type AttemptStatus  -- How far they are.
      step              1: string                          -- The step they are at.
      state             2: AttemptState                    -- Whether its checks pass.
      startedAt         3: Time?                           -- When they began the lesson.
      enteredAt         4: Time?                           -- When they came to the step.
      since             5: Time?                           -- Since when nothing has got better: stuck since.
      condition         6: AttemptCondition?               -- The first condition that does not hold.
      passedConditions  7: int64                           -- How many conditions hold.
      conditions        8: int64                           -- How many there are.
      hintsShown        9: int64                           -- How many hints they have been shown, in all.
      completedAt      10: Time?                           -- When they came to the end of the lesson.
      predictions      11: [AttemptPrediction] keys step   -- What they thought would happen.
      finishedSteps    12: [AttemptFinishedStep] keys step -- What they have done.

    type AttemptCondition  -- A condition that does not hold.
      id       1: string -- Its name in the lesson.
      text     2: string -- What it asks for, in the learner's language.
      expected 3: string -- What should be.
      actual   4: string -- What is.
      field    5: string -- Where.

    type AttemptPrediction  -- What a learner thought would happen.
      step    1!: string  shown -- The step.
      choice   2: string        -- The answer that was chosen last.
      correct  3: boolean shown -- Whether it was right.
      at       4: Time?         -- When it was chosen.
      tries    5: int64         -- How many answers were given.

    type AttemptFinishedStep  -- A step whose checks have passed.
      step     1!: string -- The step.
      enteredAt 2: Time?  -- When they came to it.
      at        3: Time?  -- When its checks passed.
      hints     4: int64  -- How many hints they were shown in it.

    kind Incident list  -- A fault in the clusters of all learners or of some, while the object exists.
      metadata 1: ObjectMeta     -- Name, labels and the like.
      spec     2: IncidentSpec   -- What to break, and for whom.
      status   3: IncidentStatus -- Where it is broken.

    type IncidentSpec  -- What to break, and for whom.
      fault    1!: FaultSpec      shown required immutable -- What to break in each cluster.
      learners  2: [string]       set length 1000          -- For whom; all where neither this nor a selector is given.
      selector  3: LabelSelector?                          -- For whom, by the Learners' labels.

    type IncidentStatus  -- Where it is broken.
      total    1: int64                          -- How many learners are meant.
      active   2: int64                          -- In how many clusters it is done.
      failed   3: int64                          -- In how many clusters it cannot be done.
      learners 4: [IncidentTarget]     keys name -- Each learner's cluster.

    type IncidentTarget  -- One learner's cluster.
      name    1!: string        -- The Learner's name.
      state    2: IncidentState -- Whether it is broken there.
      message  3: string        -- What was struck, or why it could not be.
      since    4: Time?         -- Since when.
    """#
}

extension Tables {
  /// Podium's own kinds: the clock, faults, and how simulated images behave.
  static let podium = #"""
    package dev.podium.v1 podium.dev/v1

    words FaultType: NodeDown ContainerCrash SlowPull

    kind Clock list  -- How time passes in a cluster.
      metadata 1: ObjectMeta   -- Name, labels and the like.
      spec     2: ClockSpec    -- How time should pass.
      status   3: ClockStatus  -- How time passes now.

    type ClockSpec  -- How time should pass.
      speed       1: double = 1 range 0.1 1000 -- Cluster seconds in one real second.
      paused      2: boolean                   -- Whether time stands still.
      steps       3: int64      min 0          -- How many steps to take while paused; raise it to step on.
      skipSeconds 4: int64      min 0          -- How many seconds to skip in all; raise it to skip ahead.

    type ClockStatus  -- How time passes now.
      now            1: MicroTime? -- The cluster's present moment.
      speed          2: double     -- Cluster seconds in one real second.
      paused         3: boolean    -- Whether time stands still.
      steps          4: int64      -- How many steps have been taken.
      skippedSeconds 5: int64      -- How many seconds have been skipped.

    kind Fault list  -- Something that is broken on purpose while the object exists.
      metadata 1: ObjectMeta  -- Name, labels and the like.
      spec     2: FaultSpec   -- What to break.
      status   3: FaultStatus -- Whether it is broken now.

    type FaultSpec  -- What to break.
      type   1!: FaultType     shown required -- The sort of fault.
      node    2: string                       -- The node that is struck.
      pod     3: FaultPod?                    -- The pod that is struck.
      image   4: string                       -- The image whose pulls are slow; empty for all.
      factor  5: double?       min 0          -- How many times slower.

    type FaultPod  -- One pod, and perhaps one of its containers.
      namespace 1: string -- Where the pod lives.
      name      2: string -- What the pod is called.
      container 3: string -- Which container; empty for the first.

    type FaultStatus  -- Whether the fault is at work.
      active    1: boolean -- Whether the fault is at work now.
      startedAt 2: Time?   -- Since when.
      message   3: string  -- Why it is not at work, or what it struck.

    kind Image list  -- How a simulated image behaves.
      metadata 1: ObjectMeta -- Name, labels and the like.
      spec     2: ImageSpec  -- The behaviour.

    type ImageSpec  -- What happens when a container of the image is pulled, started and run.
      repository 1!: string       shown required immutable -- The image's name without tag: `nginx`.
      tags        2: [string]     set                      -- The tags that exist; none means any.
      pull        3: ImagePull?                            -- How pulling goes.
      start       4: ImageStart?                           -- How starting goes.
      run         5: ImageRun?                             -- How long it runs and how it ends.
      ports       6: [ImagePort]  keys port                -- Where it listens and what it answers.
      logs        7: [ImageLog]   atomic                   -- What it writes, and when.
      memory      8: Quantity?                             -- Memory in use while it runs.
      cpu         9: Quantity?                             -- Processor time in use while it runs.
      entrypoint 10: [string]     atomic                   -- The command that the image brings along.
      digest     11: string                                -- The content's digest: `sha256:…`.

    type ImagePull  -- How pulling an image goes.
      seconds 1: double min 0 -- How long a pull takes.
      error   2: string       -- Why no pull succeeds; empty if they do.

    type ImageStart  -- How starting a container goes.
      seconds 1: double min 0 -- From start until it listens.

    type ImageRun  -- How long a container runs and how it ends.
      seconds  1: double min 0       -- How long it runs; nought for ever.
      exitCode 2: int32  range 0 255 -- What it ends with.
      shell    3: boolean            -- Whether it has a shell that interprets commands.

    type ImagePort  -- A port that a container listens on.
      port     1!: int32  shown range 1 65535 -- The port's number.
      response  2: string                     -- The body of every answer.

    type ImageLog  -- A line that a container writes.
      afterSeconds 1: double min 0 -- How long after the start it is written first.
      everySeconds 2: double min 0 -- How long until it is written again; nought for once.
      text         3: string       -- The line.
    """#
}

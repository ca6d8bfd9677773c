extension Tables {
  /// Podium's own kinds: the clock, faults, how simulated images behave, and the past.
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
      component   5: string                    -- A step ends at this component's next write; at anybody's if empty.
      quietRuns   6: int64      min 0          -- How often to run until nothing happens any more; raise it to run.
      skipTo      7: Time?                     -- A moment to skip ahead to, where that is still to come.

    type ClockStatus  -- How time passes now.
      now            1: MicroTime? -- The cluster's present moment.
      speed          2: double     -- Cluster seconds in one real second.
      paused         3: boolean    -- Whether time stands still.
      steps          4: int64      -- How many steps have been taken.
      skippedSeconds 5: int64      -- How many seconds have been skipped.
      quietRuns      6: int64      -- How often time has been run until nothing happened any more.

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

    kind Bookmark list  -- Names a moment of the cluster's past, and keeps what was there then.
      metadata 1: ObjectMeta     -- Name, labels and the like.
      spec     2: BookmarkSpec   -- Which moment.
      status   3: BookmarkStatus -- Whether it can still be read.

    type BookmarkSpec  -- Which moment of the past.
      revision 1: int64  min 0 immutable -- The cluster's revision; the present one where it is not given.
      note     2: string                 -- What is worth knowing about it.

    type BookmarkStatus  -- Whether the moment can still be read.
      revision  1: int64         -- The cluster's revision then.
      time      2: MicroTime?    -- The cluster's time then.
      available 3: boolean shown -- Whether it can be read, gone back to and forked from.
      message   4: string        -- Why not.

    words RewindAccess: Restore Keep

    kind Rewind list  -- Takes the cluster back to a moment of its past, by new writes.
      metadata 1: ObjectMeta   -- Name, labels and the like.
      spec     2: RewindSpec   -- Which moment.
      status   3: RewindStatus -- What came of it.

    type RewindSpec  -- Which moment to go back to: a revision or a bookmark.
      revision 1: int64?       min 0 immutable -- The cluster's revision.
      bookmark 2: string             immutable -- The name of a Bookmark.
      access   3: RewindAccess       immutable -- Whether roles and their bindings go back too; where it is not given, if the caller may escalate.

    type RewindStatus  -- What came of going back.
      phase            1: string     -- Complete or Failed.
      revision         2: int64      -- The revision that was gone back to.
      time             3: MicroTime? -- The cluster's time then, which it has again.
      previousRevision 4: int64      -- The last revision before; going back there undoes this.
      previousTime     5: MicroTime? -- The cluster's time before.
      writes           6: int64      -- How many writes it took.
      message          7: string     -- What went wrong, or what was left as it is.

    kind Fork list  -- A cluster that goes on from a moment of this one's; it is deleted with this object.
      metadata 1: ObjectMeta -- Name, labels and the like.
      spec     2: ForkSpec   -- Which moment, and the new cluster's name.
      status   3: ForkStatus -- The new cluster.

    type ForkSpec  -- Which moment, and the new cluster's name.
      name     1: string             immutable -- The last part of the cluster's name; this object's where it is not given.
      revision 2: int64?       min 0 immutable -- The cluster's revision; the present one where it is not given.
      bookmark 3: string             immutable -- The name of a Bookmark, instead of a revision.
      keep     4: boolean                      -- Whether the cluster stays when this object is deleted.

    type ForkStatus  -- The new cluster.
      phase    1: string     -- Pending, Ready or Failed.
      cluster  2: string     -- Its name.
      address  3: string     -- Where its API is on this server: `/clusters/NAME`.
      revision 4: int64      -- The revision from which it goes on.
      time     5: MicroTime? -- The cluster's time then.
      message  6: string     -- What went wrong.

    words ExplanationLanguage: en ko

    kind Explanation  -- Why something is as it is: created to ask, answered and forgotten.
      metadata 1: ObjectMeta        -- Name, labels and the like.
      spec     2: ExplanationSpec   -- What is asked.
      status   3: ExplanationStatus -- The answer.

    type ExplanationSpec  -- What is asked: about an object, or about a right.
      object   1: ExplainedObject?            -- The object to explain.
      access   2: ExplainedAccess?            -- The right to explain.
      language 3: ExplanationLanguage = "en"  -- The language of the answer.

    type ExplainedObject  -- Names an object.
      apiVersion 1: string -- Its group and version; any where empty.
      kind       2: string -- Its kind or resource: `Pod`, `deployments.apps`.
      namespace  3: string -- Its namespace; `default` where empty.
      name       4: string -- Its name.

    type ExplainedAccess  -- What somebody wants to do.
      user        1: string           -- Who; the one who asks where empty.
      groups      2: [string] atomic  -- The groups of that user.
      verb        3: string           -- What is to be done: `get`.
      group       4: string           -- The API group of the resource.
      resource    5: string           -- On what: `pods`.
      subresource 6: string           -- On which part of it: `log`.
      namespace   7: string           -- Where; everywhere if empty.
      name        8: string           -- On which object; all if empty.
      path        9: string           -- Instead of a resource: a path such as `/healthz`.

    type ExplanationStatus  -- The answer.
      summary  1: string                     -- The answer in a sentence.
      findings 2: [ExplanationFinding] atomic -- All that there is to say, from the origin to the present.
      causes   3: [ExplainedCause]     atomic -- The writes that led here, back to the first.
      nodes    4: [ExplainedNode]      atomic -- What the scheduler made of each node.
      rule     5: ExplainedRule?              -- The smallest rule that would allow what is forbidden.

    type ExplanationFinding  -- One thing to say.
      reason 1: string -- One word for programs.
      text   2: string -- A sentence for people.
      object 3: string -- The object it is about, where it is another.

    type ExplainedCause  -- One write.
      revision 1: int64  -- The cluster's revision that it made.
      time     2: string -- When it was.
      actor    3: string -- Who wrote.
      request  4: string -- What was asked.
      object   5: string -- What was written.
      text     6: string -- The same in a sentence.

    type ExplainedNode  -- A node as the scheduler saw it.
      name     1: string                  -- The node.
      plugin   2: string                  -- The plugin that refused it.
      reasons  3: [string]         atomic -- Why, in the scheduler's words.
      remedies 4: [string]         atomic -- What would have to change.
      scores   5: [ExplainedScore] atomic -- How it scored.
      total    6: int64?                  -- The weighted sum of the scores.

    type ExplainedScore  -- One plugin's score of a node.
      plugin 1: string -- The plugin.
      score  2: int64  -- From 0 to 100.
      weight 3: int64  -- How much it counts.

    type ExplainedRule  -- A rule of a role.
      verbs           1: [string] atomic -- What may be done.
      apiGroups       2: [string] atomic -- In which API groups.
      resources       3: [string] atomic -- On which resources.
      resourceNames   4: [string] atomic -- On which objects.
      nonResourceURLs 5: [string] atomic -- On which paths.

    type ImagePull  -- How pulling an image goes.
      seconds 1: double min 0 -- How long a pull takes.
      error   2: string       -- Why no pull succeeds; empty if they do.
      username 3: string      -- Who may pull it, by a pod's imagePullSecrets; anybody where empty.
      password 4: string      -- The password of that user.

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

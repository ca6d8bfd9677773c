extension Tables {
  /// Types of batch/v1.
  static let batch = #"""
    package io.k8s.api.batch.v1 batch/v1

    words CompletionMode: NonIndexed Indexed
    alias ConcurrencyPolicy: string
    alias JobConditionType: string
    alias PodFailurePolicyAction: string
    alias PodFailurePolicyOnExitCodesOperator: string
    alias PodReplacementPolicy: string

    kind CronJob list  -- Starts a Job at set times.
      metadata  1: ObjectMeta     -- Name, labels and the like.
      spec     2!: CronJobSpec    -- What should be.
      status    3: CronJobStatus  -- What is.

    type CronJobSpec  -- When Jobs start and what they are.
      schedule                   1!: string                      shown -- When, in the five fields of cron.
      startingDeadlineSeconds     2: int64?                      min 0 -- How late a Job may still start.
      concurrencyPolicy           3: ConcurrencyPolicy = "Allow" -- Whether Jobs may overlap: Allow, Forbid or Replace.
      suspend                     4: boolean? = false                  -- Whether no Jobs are started for now.
      jobTemplate                5!: JobTemplateSpec                   -- What a new Job looks like.
      successfulJobsHistoryLimit  6: int32? = 3                  min 0 -- How many succeeded Jobs are kept.
      failedJobsHistoryLimit      7: int32? = 1                  min 0 -- How many failed Jobs are kept.
      timeZone                    8: string?                           -- The time zone of the schedule.

    type JobTemplateSpec  -- What a new Job looks like.
      metadata 1: ObjectMeta  -- Name, labels and the like.
      spec     2: JobSpec     -- What should be.

    type JobSpec  -- What a Job should do.
      parallelism              1: int32?                 -- How many pods may run at a time.
      completions              2: int32?                 -- How many pods must succeed.
      activeDeadlineSeconds    3: int64?                 -- How long it may take in all.
      selector                 4: LabelSelector?         -- Which objects, by their labels.
      manualSelector           5: boolean?               -- Whether the selector is the user's own.
      template                6!: PodTemplateSpec        -- What a new pod looks like.
      backoffLimit             7: int32?                 -- How many failures are too many.
      ttlSecondsAfterFinished  8: int32?                 -- How long a finished Job is kept.
      completionMode           9: CompletionMode?        -- NonIndexed or Indexed.
      suspend                 10: boolean?               -- Whether no pods are started for now.
      podFailurePolicy        11: PodFailurePolicy?      -- What failures of pods mean.
      backoffLimitPerIndex    12: int32?                 -- How many failures of one index are too many.
      maxFailedIndexes        13: int32?                 -- How many failed indexes are too many.
      podReplacementPolicy    14: PodReplacementPolicy?  -- When a pod is replaced: TerminatingOrFailed or Failed.
      managedBy               15: string?                -- Who looks after the Job, if not the cluster itself.
      successPolicy           16: SuccessPolicy?         -- When the Job counts as succeeded early.

    type PodFailurePolicy  -- What failures of pods mean for their Job.
      rules 1!: [PodFailurePolicyRule] shown atomic -- The rules.

    type PodFailurePolicyRule  -- One rule on failures.
      action          1!: PodFailurePolicyAction                 shown  -- FailJob, FailIndex, Ignore or Count.
      onExitCodes      2: PodFailurePolicyOnExitCodesRequirement?       -- Exit codes that the rule is about.
      onPodConditions  3: [PodFailurePolicyOnPodConditionsPattern] atomic -- Pod conditions that the rule is about.

    type PodFailurePolicyOnExitCodesRequirement  -- Exit codes that a rule is about.
      containerName  1: string?                                       -- Which container.
      operator      2!: PodFailurePolicyOnExitCodesOperator shown     -- How they are compared.
      values        3!: [int32]                             shown set -- The values.

    type PodFailurePolicyOnPodConditionsPattern  -- A pod condition that a rule is about.
      type   1!: PodConditionType shown -- What sort it is.
      status  2: ConditionStatus  shown -- What is.

    type SuccessPolicy  -- When a Job counts as succeeded before all is done.
      rules 1!: [SuccessPolicyRule] shown atomic -- The rules.

    type SuccessPolicyRule  -- One way of succeeding early.
      succeededIndexes 1: string?  -- Which indexes must succeed, as 1,3-5.
      succeededCount   2: int32?   -- How many indexes must succeed.

    type CronJobStatus  -- What a CronJob has started.
      active             1: [ObjectReference] atomic -- Jobs that are running.
      lastScheduleTime   4: Time?                    -- When a Job was last started.
      lastSuccessfulTime 5: Time?                    -- When a Job last succeeded.

    kind Job list  -- Runs pods until enough have succeeded.
      metadata 1: ObjectMeta  -- Name, labels and the like.
      spec     2: JobSpec     -- What should be.
      status   3: JobStatus   -- What is.

    type JobStatus  -- How far a Job is.
      conditions               1: [JobCondition]           atomic merge type -- Present observations, one a type.
      startTime                2: Time?                                      -- When it began.
      completionTime           3: Time?                                      -- When the Job was done.
      active                   4: int32                                      -- Pods that are running or waiting.
      succeeded                5: int32                                      -- Pods that succeeded.
      failed                   6: int32                                      -- Pods that failed.
      completedIndexes         7: string                                     -- Indexes that are done, as 1,3-5.
      uncountedTerminatedPods  8: UncountedTerminatedPods? -- Pods that ended and are not in the counters yet.
      ready                    9: int32?                                     -- Pods that are ready.
      failedIndexes           10: string?                                    -- Indexes that failed, as 1,3-5.
      terminating             11: int32?                                     -- Pods that are on their way out.

    type JobCondition  -- One observation of a Job.
      type               1!: JobConditionType shown -- What sort it is.
      status             2!: ConditionStatus  shown -- True, False or Unknown.
      lastProbeTime       3: Time                   -- When it was last looked at.
      lastTransitionTime  4: Time                   -- When the status last changed.
      reason              5: string                 -- For programs: why, in one word.
      message             6: string                 -- For people: what is the matter.

    type UncountedTerminatedPods  -- Pods that ended and are not in the counters yet.
      succeeded 1: [UID] set -- Pods that succeeded.
      failed    2: [UID] set -- Pods that failed.
    """#
}

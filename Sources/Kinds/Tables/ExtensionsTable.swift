extension Tables {
  /// Types of apiextensions.k8s.io/v1.
  static let extensions = #"""
    package io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1 apiextensions.k8s.io/v1

    alias ConditionStatus: string
    alias ConversionStrategyType: string
    alias CustomResourceDefinitionConditionType: string
    alias FieldValueErrorReason: string
    alias ResourceScope: string

    kind CustomResourceDefinition list  -- Adds a kind to the API.
      metadata 1: ObjectMeta                      -- Name, labels and the like; the name is PLURAL.GROUP.
      spec     2!: CustomResourceDefinitionSpec   -- What the kind is called and looks like.
      status   3: CustomResourceDefinitionStatus  -- What is served.

    type CustomResourceDefinitionSpec  -- What a kind is called and looks like.
      group                  1!: string shown                           -- The API group.
      names                  3!: CustomResourceDefinitionNames          -- What its objects are called.
      scope                  4!: ResourceScope shown                    -- Cluster or Namespaced.
      versions               7!: [CustomResourceDefinitionVersion] shown atomic -- The versions, each with its schema.
      conversion             9: CustomResourceConversion?               -- How one version becomes another.
      preserveUnknownFields 10: boolean                                 -- No longer used; must be false.

    type CustomResourceDefinitionNames  -- The names of a kind.
      plural     1!: string shown    -- In addresses, in lower case.
      singular   2: string           -- For one object, in lower case.
      shortNames 3: [string] atomic  -- Short names for the command line.
      kind       4!: string shown    -- In objects, in camel case.
      listKind   5: string           -- In lists of objects.
      categories 6: [string] atomic  -- Groups of kinds that it belongs to: all.

    type CustomResourceDefinitionVersion  -- One version of a kind.
      name                     1!: string  shown                   -- The version: v1, v1beta1.
      served                   2!: boolean shown                   -- Whether clients may use it.
      storage                  3!: boolean shown                   -- Whether objects are stored in it; true of one.
      schema                   4: CustomResourceValidation?        -- What the objects look like.
      subresources             5: CustomResourceSubresources?      -- The parts with addresses of their own.
      additionalPrinterColumns 6: [CustomResourceColumnDefinition] atomic -- The columns of its table.
      deprecated               7: boolean                          -- Whether clients are warned of it.
      deprecationWarning       8: string?                          -- What they are told.
      selectableFields         9: [SelectableField] atomic         -- Fields that a field selector may name.

    type CustomResourceValidation  -- What the objects of a version look like.
      openAPIV3Schema 1: JSONSchemaProps?  -- The schema (OpenAPI v3).

    type CustomResourceSubresources  -- The parts of an object with addresses of their own.
      status 1: CustomResourceSubresourceStatus?  -- What was observed, written apart from what is wished.
      scale  2: CustomResourceSubresourceScale?   -- How many replicas there are and shall be.

    type CustomResourceSubresourceStatus  -- Nothing to say but that it is there.

    type CustomResourceSubresourceScale  -- Where in an object its scale is.
      specReplicasPath   1!: string shown  -- Where the wished number of replicas is.
      statusReplicasPath 2!: string shown  -- Where the observed number is.
      labelSelectorPath  3: string?        -- Where the selector of the replicas is, as text.

    type CustomResourceColumnDefinition  -- A column of a table.
      name        1!: string shown -- The head of the column.
      type        2!: string shown -- integer, number, string, boolean or date.
      format      3: string        -- How the type is written.
      description 4: string        -- What the column says.
      priority    5: int32         -- 0 is always shown; more only in wide tables.
      jsonPath    6!: string shown -- Where in the object the cell's value is.

    type SelectableField  -- A field that a field selector may name.
      jsonPath 1!: string shown -- Where in the object it is.

    type CustomResourceConversion  -- How one version becomes another.
      strategy 1!: ConversionStrategyType shown -- None changes the apiVersion only; Webhook asks.
      webhook  2: WebhookConversion?            -- Whom to ask.

    type WebhookConversion  -- Whom to ask for a conversion.
      clientConfig             2: WebhookClientConfig?    -- Where the webhook is.
      conversionReviewVersions 3!: [string] shown atomic  -- The versions of the question that it understands.

    type WebhookClientConfig  -- Where a webhook is.
      service  1: ServiceReference?  -- A service of the cluster.
      caBundle 2: bytes              -- The certificates that it is trusted by.
      url      3: string?            -- An address.

    type ServiceReference  -- A service of the cluster.
      namespace 1!: string shown -- The service's namespace.
      name      2!: string shown -- Its name.
      path      3: string?       -- The path of the address.
      port      4: int32?        -- The port.

    type CustomResourceDefinitionStatus  -- What is served.
      conditions         1: [CustomResourceDefinitionCondition] shown keys type unmerged -- Present observations.
      acceptedNames      2: CustomResourceDefinitionNames                 -- The names that are in use.
      storedVersions     3: [string] shown atomic                         -- Versions in which objects were ever stored.
      observedGeneration 4: int64                                         -- The generation that was looked at.

    type CustomResourceDefinitionCondition  -- One observation.
      type               1!: CustomResourceDefinitionConditionType shown -- NamesAccepted, Established or Terminating.
      status             2!: ConditionStatus shown -- True, False or Unknown.
      lastTransitionTime 3: Time                   -- When the status last changed.
      reason             4: string                 -- Why, in one word.
      message            5: string                 -- Why, for people.
      observedGeneration 6: int64                  -- The generation that was looked at.

    type JSONSchemaProps  -- What a value looks like (OpenAPI v3 schema).
      id                    1: string                     -- Not used.
      $schema               2: string                     -- Not used.
      $ref                  3: string                     -- Must be empty.
      description           4: string                     -- What the value is for.
      type                  5: string                     -- object, array, string, integer, number or boolean.
      format                6: string                     -- A further rule for texts and numbers: date-time.
      title                 7: string                     -- A heading.
      default               8: JSON?                      -- What an absent value becomes.
      maximum               9: double?                    -- The largest number.
      exclusiveMaximum     10: boolean                    -- Whether the largest is out too.
      minimum              11: double?                    -- The smallest number.
      exclusiveMinimum     12: boolean                    -- Whether the smallest is out too.
      maxLength            13: int64?                     -- The most characters.
      minLength            14: int64?                     -- The fewest characters.
      pattern              15: string                     -- A regular expression that matches.
      maxItems             16: int64?                     -- The most elements.
      minItems             17: int64?                     -- The fewest elements.
      uniqueItems          18: boolean                    -- Must be false; use a list type.
      multipleOf           19: double?                    -- What the number is a multiple of.
      enum                 20: [JSON] atomic              -- The values that it may be.
      maxProperties        21: int64?                     -- The most members.
      minProperties        22: int64?                     -- The fewest members.
      required             23: [string] atomic            -- The members that must be there.
      items              24.1: JSONSchemaProps?           -- What the elements look like.
      allOf                25: [JSONSchemaProps] atomic   -- Schemas that must all fit.
      oneOf                26: [JSONSchemaProps] atomic   -- Schemas of which one must fit.
      anyOf                27: [JSONSchemaProps] atomic   -- Schemas of which some must fit.
      not                  28: JSONSchemaProps?           -- A schema that must not fit.
      properties           29: {JSONSchemaProps}          -- What the members look like, by name.
      additionalProperties 30: JSONSchemaPropsOrBool?     -- What other members look like, or whether they may be.
      patternProperties    31: {JSONSchemaProps}          -- Must be empty.
      dependencies         32: {JSONSchemaPropsOrStringArray} -- Must be empty.
      additionalItems      33: JSONSchemaPropsOrBool?     -- Must be empty.
      definitions          34: {JSONSchemaProps}          -- Must be empty.
      externalDocs         35: ExternalDocumentation?     -- Where to read more.
      example              36: JSON?                      -- A value that fits.
      nullable             37: boolean                    -- Whether null fits.
      x-kubernetes-preserve-unknown-fields 38: boolean?   -- Whether members that it does not name are kept.
      x-kubernetes-embedded-resource 39: boolean          -- Whether it is an object with apiVersion, kind and metadata.
      x-kubernetes-int-or-string 40: boolean              -- Whether it is a number or a text.
      x-kubernetes-list-map-keys 41: [string] atomic      -- The members that tell a list's objects apart.
      x-kubernetes-list-type 42: string?                  -- atomic, set or map.
      x-kubernetes-map-type 43: string?                   -- atomic or granular.
      x-kubernetes-validations 44: [ValidationRule] keys rule -- Rules across fields.

    type ExternalDocumentation  -- Where to read more.
      description 1: string  -- What is there.
      url         2: string  -- The address.

    type ValidationRule  -- A rule across fields.
      rule              1!: string shown               -- An expression that must be true (CEL): self.min <= self.max.
      message           2: string                      -- What is said when it is not.
      messageExpression 3: string                      -- An expression that gives what is said.
      reason            4: FieldValueErrorReason?      -- The reason in the error's cause.
      fieldPath         5: string                      -- The field that the error names.
      optionalOldSelf   6: boolean?                    -- Whether the rule holds without an earlier value too.
    """#
}

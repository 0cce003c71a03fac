/** Objects that hold a record's fields without being part of their names' meaning. */
export const containers = new Set(
  (
    'contextmap mdc context ctx threadcontext labels attributes attr attrs fields extra extras data properties props scopes ' +
    'state dd trace span resource structuredmetadata metadata meta jsonpayload payload body record tags headers header ' +
    'event log logevent message msg otel req request params customdimensions dimensions baggage detail details stream spandata'
  ).split(' '),
);

/** Objects that tell of another step than the record's own: what a step ID in them is to this one. */
export const otherSteps: Record<string, 'follows' | 'encloses' | 'either'> = {
  previous: 'follows',
  prev: 'follows',
  previoussteps: 'follows',
  cause: 'follows',
  link: 'follows',
  links: 'follows',
  references: 'either',
  parent: 'either',
  remoteendpoint: 'either',
};

/**
 * What happened during a step, and what a call asked for and got: their times and words are not those of the record,
 * though IDs in them may be.
 */
export const innerLists = new Set(
  'events logs annotations binaryannotations exceptions requestparameters responseelements'.split(' '),
);

/** What a previous-step name says of the link; names not listed here do not say. */
export const pointerMeaning: Record<string, 'follows' | 'encloses' | 'either'> = {
  previousstepid: 'follows',
  prevstepid: 'follows',
  previousstep: 'follows',
  prevstep: 'follows',
  previousid: 'follows',
  previouseventid: 'follows',
  causationid: 'follows',
  causedby: 'follows',
  causeid: 'follows',
  triggeredby: 'follows',
  relatedto: 'follows',
  nservicebusrelatedto: 'follows',
  initiatorid: 'follows',
  mtinitiatorid: 'follows',
  parentspanid: 'encloses',
  parentspan: 'encloses',
  ps: 'encloses',
  xb3parentspanid: 'encloses',
  b3parentspanid: 'encloses',
  otelparentspanid: 'encloses',
  operationparentid: 'encloses',
  parentrunid: 'encloses',
  parentobservationid: 'encloses',
};

/** Names of CLEF (Serilog's compact format) that only mean this with their `@`. */
export const clefNames = new Set(['tr', 'sp', 'ps', 'x', 'mt', 'ra']);

/** Names whose value is often something else (a number of a kind, a stack trace): only a value that is clearly an ID counts. */
export const doubtfulNames = new Set([
  'trace',
  'cid',
  'rid',
  'corr',
  'req',
  'eventid',
  'taskid',
  'transactionid',
  'runid',
  'activityid',
  'jobid',
  'correlation',
  'b3',
  'dottedorder',
  'logcontext',
  'uniqueid',
  'opid',
  'auditid',
  'causedby',
  'triggeredby',
  'relatedto',
]);

/**
 * Names that other words may stand before, as one name or glued to them (`myapp_trace_id`, `invapptracingrequestid`); the
 * longest first.
 */
export const endingNames = [
  'parentspanid',
  'correlationid',
  'conversationid',
  'traceparent',
  'requestid',
  'traceid',
  'spanid',
] as const;

/** What may not stand before them: the name then tells of another one's ID, or of no request's. */
export const otherOnes =
  /(?:parent|previous|prev|last|first|next|link|linked|related|cause|other|extended|max|min|systemd|kafka)$/;

/**
 * Names that mean something else than they seem to: journald's `MESSAGE_ID` tells the kind of a message
 * (systemd.journal-fields(7)), loguru's `record.elapsed` the time since the program began
 * (https://loguru.readthedocs.io/en/stable/api/logger.html), and a request's `host` whom it was sent to;
 * `total_token_usage` is what a whole session has used so far (`last_token_usage` beside it the call);
 * the `requestId` in an event of a Temporal workflow is that of a poll or call of its server;
 * `ai.operationId` is the name of a function of the AI SDK (https://ai-sdk.dev/docs/ai-sdk-core/telemetry).
 */
export const misleadingName =
  /^MESSAGE_ID$|(?:^|\.)ai\.operationId$|(?:^|\.)total_token_usage\.|EventAttributes\.requestId$|^record\.elapsed\.|(?:^|\.)(?:(?:http_?)?req(?:uest)?|headers?)\.host(?:name)?$/i;

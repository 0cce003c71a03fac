import type { FieldRole } from '../model/fieldRole';

/**
 * Known field names per role, strongest first, compared by `plainName`. Names on one line are equally strong. Sources:
 * shared/reference/field-names.md §1.1, §1.2, §1.5, which name the specification of each.
 *
 * `strong` names mean the same wherever they stand (`payload.request.correlationId`); `weak` ones only at the top or in
 * a container that is known to hold a record's fields (`attributes.name`).
 */
export interface RoleNames {
  strong?: string[];
  weak?: string[];
}

export const knownNames: Partial<Record<FieldRole, RoleNames>> = {
  correlationId: {
    strong: [
      'conversationid messagingmessageconversationid nservicebusconversationid mtconversationid',
      'correlationid xcorrelationid correlation correlationuid correlationkey corrid cid logcorrelationid',
      'traceid otraceid tr ddtraceid operationid oteltraceid xtraceid xb3traceid b3traceid uberTraceId xraytraceid',
      'logginggoogleapiscom/trace xamzntraceid xcloudtracecontext traceparent b3 dottedorder diagnosticid',
      'logginggoogleapiscom/operationid executionid workflowexecutionid runexecutionid transactiontraceid flowid processinstanceid',
      'rootid rootspanid',
      'requestid xrequestid reqid extrauid rid awsrequestid functionrequestid httprequestid invocationid faasinvocationid requestguid',
      'amznrequestid xamznrequestid jsonrpcrequestid kongrequestid xkongrequestid xedgerequestid uniqueid xuniqueid activityid',
      // Cloudflare's request, VMware's operation, the Kubernetes API's audited request.
      'rayid cfray cfrayid opid auditid',
      'workflowid workflowrunid cicdpipelinerunid pipelinerunid dagrunid',
      'jid jobid nservicebuscorrelationid',
    ],
    weak: ['trace logcontext'],
  },
  stepId: {
    strong: [
      'stepid currentstepid stepuid',
      'spanid sp ddspanid xb3spanid b3spanid xraysegmentid logginggoogleapiscom/spanid otelspanid',
      'observationid noderunid',
      'activityexecutionid cicdpipelinetaskrunid taskrunid celerycurrentid',
      'runid',
      'eventid',
      'taskid',
      'transactionid',
    ],
  },
  messageId: {
    strong: [
      'messageid msgid messagingmessageid nservicebusmessageid mtmessageid messageuid deliveryid',
      'insertid logrecorduid messageguid',
    ],
  },
  toolCallId: { strong: ['toolcallid genaitoolcallid tooluseid functioncallid callid'] },
  previousStepId: {
    strong: [
      'previousstepid prevstepid previousstep prevstep previousid parentstepid',
      'causationid causedby causeid triggeredby',
      'relatedto nservicebusrelatedto',
      'parentspanid parentspan ps ddparentid xb3parentspanid b3parentspanid operationparentid otelparentspanid',
      'parentrunid parentobservationid celeryparentid parenttaskid parentuuid parentmessageid parenteventid',
      'initiatorid mtinitiatorid',
      'parentid',
    ],
  },
  stepType: {
    strong: [
      'steptype stepname stepkind',
      'spandatatype runtype genaioperationname observationtype',
      'spanname operationname activitytype activityname taskname taskclass jobname jobclass workflowstep',
      'messagingoperationname messagingoperationtype codefunctionname httproute endpointname',
    ],
    weak: ['step operation task class job op handler tool toolname'],
  },
  phase: {
    strong: ['phase stepphase eventphase lifecycle steplifecycle', 'stepstatus stepstate stepevent spanevent'],
    weak: ['event eventaction eventtype eventname action type stage state'],
  },
  status: {
    strong: [
      'outcome eventoutcome',
      'responsestatuscode httpstatuscode httpresponsestatuscode statuscode httpstatus resstatuscode scstatus httprespstatus',
    ],
    weak: ['status result success succeeded ok statuscode otelstatuscode responsestatus resstatus'],
  },
  service: {
    strong: [
      'servicename ddservice localendpointservicename otelservicename servicecode springapplicationname processservicename cloudrolename approlename microservice',
    ],
    weak: [
      'service svc',
      'app appname application applicationname ra',
      'component worker workername system program syslogidentifier',
      'containername container kubernetescontainername resourcelabelscontainername',
      'systemdunit entityname',
      'syslogtag',
    ],
  },
  host: {
    strong: [
      'hostname machinename serviceinstanceid instanceid podname nodename kubernetespodname hostip computername scomputername',
    ],
    weak: ['host hostname node instance pod machine server computer', 'sysloghost'],
  },
  thread: { strong: ['threadname processthreadname', 'threadid'], weak: ['thread', 'tid'] },
  queue: {
    strong: ['queuename topicname messagingdestinationname taskqueue replyqueue destinationqueue routingkey exchange'],
    weak: ['queue topic', 'destination channel'],
  },
  attempt: {
    strong: [
      'attempt attemptnumber deliveryattempt deliverycount attemptno attemptcount',
      'retrycount retrynumber retries',
    ],
    weak: ['attempts try'],
  },
  severity: {
    strong: ['loglevel severitytext levelname errorseverity detectedlevel', 'severitynumber severitylevel'],
    weak: ['level severity lvl l', 'priority invloglevel', 'syslogseverity', 's'],
  },
  timestamp: {
    strong: [
      'timestamp timeunixnano',
      'eventtime eventtimestamp stagetimestamp edgeendtimestamp timelocal timeiso8601 requesttimeepoch logtime timegenerated nservicebustimesent realtimetimestamp asctime datetime datetimedate instantepochsecond instantepochmillisecond instantnanoofsecond timemillis',
      'observedtimeunixnano observedtimestamp ingestiontime',
      'starttimeunixnano starttime startedat startat starttimestamp spanstarttimestamp eventstart',
      'requestreceivedtimestamp edgestarttimestamp startutc startlocal',
    ],
    weak: [
      'time ts t tdate timedate timestampdate',
      'when created createdat date',
      'start',
      'wrapperstamp',
      'stampintext',
    ],
  },
  duration: {
    strong: [
      'duration stepduration eventduration durationms durationmillis durationns durationus durationseconds durations spanduration',
      'elapsed elapsedms elapsedmillis elapsedmilliseconds elapsedus elapsedns elapsedseconds elapsedtime elapsedtimems timetaken timetakenms tookms took',
      'responsetime responsetimems responsetimes latency latencyms latencyseconds latencyus latencyns requesttime processingtimems executiontimems durationmilliseconds runtimems',
      'latenciesrequest grpctimems totaltimems executiontime processingtime totalduration totaldurationms',
    ],
  },
  message: {
    strong: ['logmessage bodystringvalue messagetext renderedmessage'],
    weak: [
      'message msg m',
      'body textpayload jsonpayloadmessage',
      'shortmessage short description text log',
      'mt messagetemplate',
      'content',
    ],
  },
  logger: { strong: ['loggername'], weak: ['logger category lg namelogger sourcecontext'] },
  userId: {
    strong: ['userid xuserid enduserid usrid useruid userauthenticatedid useraccountid currentuserid requestinguserid'],
    weak: ['user username csusername principal enduser usr'],
  },
  sessionId: {
    strong: ['sessionid xsessionid usersessionid sessionuid sessionkey', 'genaiconversationid chatid threadsessionid'],
    // `ses` is auditd's.
    weak: ['session', 'ses'],
  },
  entityId: { strong: ['entityid entitykey entityguid xentityid'], weak: ['entity'] },
  organizationId: {
    strong: [
      'organizationid organisationid orgid xorgid xorganizationid tenantid xtenantid companyid xscopeorgid workspaceid',
    ],
    weak: ['organization organisation org tenant'],
  },
  codeLocation: {
    strong: [
      'caller callsite sourcelocation codelocation codefilepath logoriginfilename sourcefile srcfile codefile sourcelocationfile',
      'codelineno codelinenumber logoriginfileline sourceline srcline codeline sourcelocationline linenumber lineno',
      'codefunction logoriginfunction sourcemethod sourcefunction srcfunc codefunc sourcelocationfunction funcname',
    ],
    weak: ['file filename pathname', 'line', 'func function method location'],
  },
  input: { strong: ['stepinput toolinput genaitoolcallarguments'], weak: ['input arguments'] },
  exception: {
    strong: [
      'exception exceptionmessage exceptiontype errorstacktrace exceptionstacktrace errormessage errortype excinfo',
      'stacktrace errstack errorstack thrownmessage throwntype errmessage errtype throwable',
    ],
    weak: ['error err x thrown stack'],
  },
  tokens: {
    strong: [
      'totaltokens tokenstotal tokencount genaiusagetotaltokens usagetotaltokens tokensused',
      'inputtokens outputtokens prompttokens completiontokens',
    ],
    weak: ['tokens'],
  },
  cost: { strong: ['costusd totalcost totalcostusd genaiusagecost'], weak: ['cost'] },
  model: { strong: ['modelname modelid llmmodel genairequestmodel genairesponsemodel'], weak: ['model'] },
};

/** Objects that hold a record's fields without being part of their names' meaning. */
export const containers = new Set(
  (
    'contextmap mdc context ctx threadcontext labels attributes attr attrs fields extra extras data properties props scopes ' +
    'state dd trace span resource structuredmetadata metadata meta jsonpayload payload body record tags headers header ' +
    'event log logevent message msg otel req request params customdimensions dimensions baggage detail details stream'
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
 * (https://loguru.readthedocs.io/en/stable/api/logger.html), and a request's `host` whom it was sent to.
 */
export const misleadingName =
  /^MESSAGE_ID$|^record\.elapsed\.|(?:^|\.)(?:(?:http_?)?req(?:uest)?|headers?)\.host(?:name)?$/i;

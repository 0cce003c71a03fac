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
      'correlationid xcorrelationid correlation correlationuid correlationkey corrid corr cid logcorrelationid',
      'traceid otraceid tr ddtraceid operationid oteltraceid xtraceid xb3traceid b3traceid uberTraceId xraytraceid',
      'logginggoogleapiscom/trace xamzntraceid xcloudtracecontext traceparent b3 dottedorder diagnosticid',
      'logginggoogleapiscom/operationid executionid executionarn workflowexecutionid runexecutionid transactiontraceid flowid processinstanceid',
      'rootid rootspanid',
      'requestid xrequestid reqid extrauid rid req awsrequestid functionrequestid httprequestid invocationid faasinvocationid requestguid',
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
      'previousstepid prevstepid previousstep prevstep previousid previouseventid parentstepid',
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
      'steptype stepname stepkind langgraphnode',
      'spandatatype runtype genaioperationname observationtype',
      'spanname operationname activitytype activityname taskname taskclass jobname jobclass workflowstep',
      'rpcmethod grpcmethod',
      'messagingoperationname messagingoperationtype codefunctionname httproute endpointname',
    ],
    weak: ['step operation task class job op handler tool toolname'],
  },
  phase: {
    strong: ['phase stepphase eventphase lifecycle steplifecycle', 'stepstatus stepstate stepevent spanevent'],
    weak: ['event eventaction eventtype eventname action type stage state', 'classname'],
  },
  status: {
    strong: [
      'outcome eventoutcome',
      'responsestatuscode httpstatuscode httpresponsestatuscode httpresponsestatus statuscode httpstatus resstatuscode scstatus httprespstatus downstreamstatus grpccode grpcstatuscode rpcgrpcstatuscode responsecode',
    ],
    weak: ['status result success succeeded ok fault statuscode otelstatuscode responsestatus resstatus'],
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
      // CloudWatch's log group, which ends with the name of a function or task.
      'loggroup loggroupname awslog',
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
    strong: [
      'queuename taskqueuename topicname messagingdestinationname taskqueue replyqueue destinationqueue routingkey exchange',
    ],
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
      'responsetime responsetimems responsetimes responselatency latency latencyms latencyseconds latencyus latencyns requesttime processingtimems executiontimems durationmilliseconds runtimems',
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
    strong: [
      'sessionid xsessionid usersessionid sessionuid sessionkey mcpsessionid',
      'genaiconversationid chatid threadsessionid',
    ],
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
      'totaltokens tokenstotal tokencount genaiusagetotaltokens usagetotaltokens tokensused tokencounttotal usagetotal',
      'inputtokens outputtokens prompttokens completiontokens tokencountprompt tokencountcompletion usageinput usageoutput',
    ],
    weak: ['tokens'],
  },
  cost: { strong: ['costusd totalcost totalcostusd genaiusagecost'], weak: ['cost'] },
  model: {
    strong: ['modelname modelid llmmodel genairequestmodel genairesponsemodel invocationparamsmodel'],
    weak: ['model'],
  },
};

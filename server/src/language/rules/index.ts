// The list of checks: one row each. What runs when is the dispatcher's business (features/diagnostics.ts).
import type { CommentCheck, FileCheck, RuleCheck } from "../check.ts";
import { alertAbsentFor } from "./alert/absentFor.ts";
import { alertAnnotatedSeverity } from "./alert/annotatedSeverity.ts";
import { alertBool } from "./alert/bool.ts";
import { alertDead } from "./alert/dead.ts";
import { alertDivision } from "./alert/division.ts";
import { alertDuplicate } from "./alert/duplicate.ts";
import { alertFragile } from "./alert/fragile.ts";
import { alertLongInterval } from "./alert/longInterval.ts";
import { alertManyToMany } from "./alert/manyToMany.ts";
import { alertNameCase } from "./alert/nameCase.ts";
import { alertNever } from "./alert/never.ts";
import { alertNoCondition } from "./alert/noCondition.ts";
import { alertNoFor } from "./alert/noFor.ts";
import { alertNoMatch } from "./alert/noMatch.ts";
import { alertNoSeverity } from "./alert/noSeverity.ts";
import { alertNoSummary } from "./alert/noSummary.ts";
import { alertOverlap } from "./alert/overlap.ts";
import { alertRatioWithoutFor } from "./alert/ratioWithoutFor.ts";
import { alertSameLabels } from "./alert/sameLabels.ts";
import { alertSeverityOrder } from "./alert/severityOrder.ts";
import { alertShortFor } from "./alert/shortFor.ts";
import { alertZeroFor } from "./alert/zeroFor.ts";
import { commentStale } from "./comment/stale.ts";
import { configurationUnknownKey } from "./configuration/unknownKey.ts";
import { configurationValue } from "./configuration/value.ts";
import { dkronAdvertiseAddress } from "./dkron/advertiseAddress.ts";
import { dkronBindAddress } from "./dkron/bindAddress.ts";
import { dkronDuplicateKey } from "./dkron/duplicateKey.ts";
import { dkronDuration } from "./dkron/duration.ts";
import { dkronEncryptKey } from "./dkron/encryptKey.ts";
import { dkronHeader } from "./dkron/header.ts";
import { dkronHttpAddress } from "./dkron/httpAddress.ts";
import { dkronIgnoredFile } from "./dkron/ignoredFile.ts";
import { dkronJoin } from "./dkron/join.ts";
import { dkronKeyVersion } from "./dkron/keyVersion.ts";
import { dkronLogLevel } from "./dkron/logLevel.ts";
import { dkronNeeds } from "./dkron/needs.ts";
import { dkronNodeName } from "./dkron/nodeName.ts";
import { dkronNoLeader } from "./dkron/noLeader.ts";
import { dkronOtelEndpoint } from "./dkron/otelEndpoint.ts";
import { dkronProfile } from "./dkron/profile.ts";
import { dkronProKey } from "./dkron/proKey.ts";
import { dkronRaftMultiplier } from "./dkron/raftMultiplier.ts";
import { dkronRemovedKey } from "./dkron/removedKey.ts";
import { dkronReservedTag } from "./dkron/reservedTag.ts";
import { dkronRewritten } from "./dkron/rewritten.ts";
import { dkronRpcPort } from "./dkron/rpcPort.ts";
import { dkronSecondDocument } from "./dkron/secondDocument.ts";
import { dkronSecret } from "./dkron/secret.ts";
import { dkronServerOnly } from "./dkron/serverOnly.ts";
import { dkronStatsdAddress } from "./dkron/statsdAddress.ts";
import { dkronStatsdTag } from "./dkron/statsdTag.ts";
import { dkronSyntax } from "./dkron/syntax.ts";
import { dkronTag } from "./dkron/tag.ts";
import { dkronTagsSize } from "./dkron/tagsSize.ts";
import { dkronType } from "./dkron/type.ts";
import { dkronUnknownKey } from "./dkron/unknownKey.ts";
import { kindAbsentExpiring } from "./kind/absentExpiring.ts";
import { kindCounterAsTime } from "./kind/counterAsTime.ts";
import { kindDeltaOfCounter } from "./kind/deltaOfCounter.ts";
import { kindEveryServer } from "./kind/everyServer.ts";
import { kindExpiry } from "./kind/expiry.ts";
import { kindFirstIncrement } from "./kind/firstIncrement.ts";
import { kindHistogramWithoutLe } from "./kind/histogramWithoutLe.ts";
import { kindNoHistogram } from "./kind/noHistogram.ts";
import { kindOutOfRange } from "./kind/outOfRange.ts";
import { kindQuantileGone } from "./kind/quantileGone.ts";
import { kindQuantileMixed } from "./kind/quantileMixed.ts";
import { kindRateOfGauge } from "./kind/rateOfGauge.ts";
import { kindRateOfSum } from "./kind/rateOfSum.ts";
import { kindRateOfSummary } from "./kind/rateOfSummary.ts";
import { kindRawBuckets } from "./kind/rawBuckets.ts";
import { kindRawCounter } from "./kind/rawCounter.ts";
import { kindResets } from "./kind/resets.ts";
import { kindSameSeries } from "./kind/sameSeries.ts";
import { kindShortRange } from "./kind/shortRange.ts";
import { kindSparseRate } from "./kind/sparseRate.ts";
import { kindUnit } from "./kind/unit.ts";
import { labelExportedJob } from "./label/exportedJob.ts";
import { labelGone } from "./label/gone.ts";
import { labelQuantile } from "./label/quantile.ts";
import { labelUnknown } from "./label/unknown.ts";
import { labelValue } from "./label/value.ts";
import { metricDead } from "./metric/dead.ts";
import { metricDocumentedName } from "./metric/documentedName.ts";
import { metricHostPart } from "./metric/hostPart.ts";
import { metricLeaderPrefix } from "./metric/leaderPrefix.ts";
import { metricLetterCase } from "./metric/letterCase.ts";
import { metricMeaningless } from "./metric/meaningless.ts";
import { metricNotExported } from "./metric/notExported.ts";
import { metricOtherProgram } from "./metric/otherProgram.ts";
import { metricSuffix } from "./metric/suffix.ts";
import { metricUnknown } from "./metric/unknown.ts";
import { prometheusAgentMode } from "./prometheus/agentMode.ts";
import { prometheusConflict } from "./prometheus/conflict.ts";
import { prometheusDiscovery } from "./prometheus/discovery.ts";
import { prometheusDkronDisabled } from "./prometheus/dkronDisabled.ts";
import { prometheusDkronHonorLabels } from "./prometheus/dkronHonorLabels.ts";
import { prometheusDkronInterval } from "./prometheus/dkronInterval.ts";
import { prometheusDkronPath } from "./prometheus/dkronPath.ts";
import { prometheusDkronRelabel } from "./prometheus/dkronRelabel.ts";
import { prometheusDkronScheme } from "./prometheus/dkronScheme.ts";
import { prometheusDkronSingleServer } from "./prometheus/dkronSingleServer.ts";
import { prometheusDkronTarget } from "./prometheus/dkronTarget.ts";
import { prometheusDuplicateKey } from "./prometheus/duplicateKey.ts";
import { prometheusEmptyValue } from "./prometheus/emptyValue.ts";
import { prometheusFailsLater } from "./prometheus/failsLater.ts";
import { prometheusIgnoredDocument } from "./prometheus/ignoredDocument.ts";
import { prometheusJob } from "./prometheus/job.ts";
import { prometheusKeyVersion } from "./prometheus/keyVersion.ts";
import { prometheusMissing } from "./prometheus/missing.ts";
import { prometheusMissingRuleFile } from "./prometheus/missingRuleFile.ts";
import { prometheusPlaceholder } from "./prometheus/placeholder.ts";
import { prometheusRelabel } from "./prometheus/relabel.ts";
import { prometheusRelabelGroup } from "./prometheus/relabelGroup.ts";
import { prometheusRemovedKey } from "./prometheus/removedKey.ts";
import { prometheusSyntax } from "./prometheus/syntax.ts";
import { prometheusTarget } from "./prometheus/target.ts";
import { prometheusType } from "./prometheus/type.ts";
import { prometheusUnknownKey } from "./prometheus/unknownKey.ts";
import { prometheusValue } from "./prometheus/value.ts";
import { promqlSyntax } from "./promql/syntax.ts";
import { promqlTestSeries } from "./promql/testSeries.ts";
import { promqlTestSyntax } from "./promql/testSyntax.ts";
import { regexpAnchors } from "./regexp/anchors.ts";
import { regexpContradiction } from "./regexp/contradiction.ts";
import { regexpEmpty } from "./regexp/empty.ts";
import { regexpLiteral } from "./regexp/literal.ts";
import { regexpMatchesAll } from "./regexp/matchesAll.ts";
import { regexpMatchesNothing } from "./regexp/matchesNothing.ts";
import { regexpNeedless } from "./regexp/needless.ts";
import { regexpSmelly } from "./regexp/smelly.ts";
import { scenarioInvalid } from "./scenario/invalid.ts";
import { structureConflict } from "./structure/conflict.ts";
import { structureDuplicateKey } from "./structure/duplicateKey.ts";
import { structureDuration } from "./structure/duration.ts";
import { structureMissing } from "./structure/missing.ts";
import { structureName } from "./structure/name.ts";
import { structureOldFormat } from "./structure/oldFormat.ts";
import { structureSecondDocument } from "./structure/secondDocument.ts";
import { structureUnknownAlert } from "./structure/unknownAlert.ts";
import { structureUnknownField } from "./structure/unknownField.ts";
import { structureWrongType } from "./structure/wrongType.ts";
import { templateFails } from "./template/fails.ts";
import { templateGarbled } from "./template/garbled.ts";
import { templateMissingLabel } from "./template/missingLabel.ts";
import { templateNoBraces } from "./template/noBraces.ts";
import { templateQuery } from "./template/query.ts";
import { templateRawNumber } from "./template/rawNumber.ts";
import { templateRuleLabel } from "./template/ruleLabel.ts";
import { templateSyntax } from "./template/syntax.ts";
import { templateUnit } from "./template/unit.ts";
import { templateUnknownName } from "./template/unknownName.ts";
import { templateValueInLabel } from "./template/valueInLabel.ts";
import { yamlSyntax } from "./yaml/syntax.ts";

/** Checks that look at a file as a whole. */
export const fileChecks: readonly FileCheck[] = [
  yamlSyntax,
  scenarioInvalid,
  structureUnknownField,
  structureUnknownAlert,
  structureDuplicateKey,
  structureWrongType,
  structureMissing,
  structureConflict,
  structureName,
  structureOldFormat,
  structureDuration,
  structureSecondDocument,
  promqlTestSyntax,
  promqlTestSeries,
  alertDuplicate,
  alertOverlap,
  alertSeverityOrder,
  alertLongInterval,
  dkronIgnoredFile,
  dkronSyntax,
  dkronDuplicateKey,
  dkronSecondDocument,
  dkronUnknownKey,
  dkronRemovedKey,
  dkronProKey,
  dkronKeyVersion,
  dkronType,
  dkronRewritten,
  dkronDuration,
  dkronBindAddress,
  dkronAdvertiseAddress,
  dkronHttpAddress,
  dkronRpcPort,
  dkronStatsdAddress,
  dkronStatsdTag,
  dkronOtelEndpoint,
  dkronJoin,
  dkronProfile,
  dkronLogLevel,
  dkronEncryptKey,
  dkronRaftMultiplier,
  dkronNodeName,
  dkronTag,
  dkronReservedTag,
  dkronTagsSize,
  dkronHeader,
  dkronNoLeader,
  dkronServerOnly,
  dkronNeeds,
  dkronSecret,
  configurationUnknownKey(() => allChecks.map(({ id }) => id)),
  configurationValue,
  prometheusSyntax,
  prometheusPlaceholder,
  prometheusIgnoredDocument,
  prometheusUnknownKey,
  prometheusRemovedKey,
  prometheusKeyVersion,
  prometheusDuplicateKey,
  prometheusType,
  prometheusValue,
  prometheusMissing,
  prometheusConflict,
  prometheusRelabel,
  prometheusRelabelGroup,
  prometheusJob,
  prometheusTarget,
  prometheusDiscovery,
  prometheusMissingRuleFile,
  prometheusAgentMode,
  prometheusFailsLater,
  prometheusEmptyValue,
  prometheusDkronRelabel,
  prometheusDkronDisabled,
  prometheusDkronHonorLabels,
  prometheusDkronSingleServer,
  prometheusDkronInterval,
  prometheusDkronScheme,
  prometheusDkronPath,
  prometheusDkronTarget,
];

/** Checks that look at one rule of a rule file. */
export const ruleChecks: readonly RuleCheck[] = [
  promqlSyntax,
  metricUnknown,
  metricSuffix,
  metricLetterCase,
  metricLeaderPrefix,
  metricDocumentedName,
  metricHostPart,
  metricNotExported,
  metricDead,
  metricMeaningless,
  metricOtherProgram,
  labelUnknown,
  labelValue,
  labelQuantile,
  labelExportedJob,
  labelGone,
  kindRateOfGauge,
  kindRateOfSummary,
  kindDeltaOfCounter,
  kindRawCounter,
  kindCounterAsTime,
  kindRawBuckets,
  kindSparseRate,
  kindRateOfSum,
  kindSameSeries,
  kindShortRange,
  kindResets,
  kindAbsentExpiring,
  kindExpiry,
  kindQuantileGone,
  kindNoHistogram,
  kindQuantileMixed,
  kindHistogramWithoutLe,
  kindFirstIncrement,
  kindEveryServer,
  kindUnit,
  kindOutOfRange,
  alertNoCondition,
  alertNever,
  alertDead,
  alertBool,
  alertSameLabels,
  alertManyToMany,
  alertNoMatch,
  alertFragile,
  alertDivision,
  alertRatioWithoutFor,
  alertAbsentFor,
  alertShortFor,
  alertZeroFor,
  alertNoFor,
  alertNameCase,
  alertNoSeverity,
  alertAnnotatedSeverity,
  alertNoSummary,
  regexpNeedless,
  regexpAnchors,
  regexpMatchesAll,
  regexpMatchesNothing,
  regexpEmpty,
  regexpContradiction,
  regexpLiteral,
  regexpSmelly,
  templateSyntax,
  templateUnknownName,
  templateFails,
  templateGarbled,
  templateNoBraces,
  templateQuery,
  templateMissingLabel,
  templateRuleLabel,
  templateValueInLabel,
  templateUnit,
  templateRawNumber,
];

/** Checks of the comments that turn checks off; they run last. */
export const commentChecks: readonly CommentCheck[] = [commentStale];

export const allChecks: readonly (FileCheck | RuleCheck | CommentCheck)[] = [
  ...fileChecks,
  ...ruleChecks,
  ...commentChecks,
];

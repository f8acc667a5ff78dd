"""Configuration keys of OCPP 1.6 (edition 2, chapter 9) and of its security whitepaper (edition 3, appendix)."""

from __future__ import annotations

from typing import NamedTuple

from voltkeep.profiles.model import Datatype, Level


class Key(NamedTuple):
    """`access` is R, W or RW as the standard says; a key that can't be read is a secret."""

    key: str
    name: str
    datatype: Datatype
    access: str
    unit: str = ""
    write_level: Level = "installer"


CORE = (
    Key("AllowOfflineTxForUnknownId", "Charge unknown tokens while offline", "boolean", "RW", write_level="support"),
    Key("AuthorizationCacheEnabled", "Remember authorized tokens", "boolean", "RW", write_level="support"),
    Key("AuthorizeRemoteTxRequests", "Authorize remotely started sessions again", "boolean", "RW"),
    Key("BlinkRepeat", "Times the light blinks", "integer", "RW", write_level="support"),
    Key("ClockAlignedDataInterval", "Interval of clock-aligned meter values", "integer", "RW", "s"),
    Key("ConnectionTimeOut", "Time to plug in before a session is given up", "integer", "RW", "s", "support"),
    Key("ConnectorPhaseRotation", "Phase rotation of the connectors", "string", "RW"),
    Key("ConnectorPhaseRotationMaxLength", "Most entries of the phase rotation", "integer", "R"),
    Key("GetConfigurationMaxKeys", "Most keys asked for at once", "integer", "R"),
    Key("HeartbeatInterval", "Interval of heartbeats", "integer", "RW", "s"),
    Key("LightIntensity", "Brightness of the light", "integer", "RW", "Percent", "support"),
    Key("LocalAuthorizeOffline", "Charge known tokens while offline", "boolean", "RW", write_level="support"),
    Key("LocalPreAuthorize", "Start known tokens before the server answers", "boolean", "RW", write_level="support"),
    Key("MaxEnergyOnInvalidId", "Energy still given after a token is refused", "integer", "RW", "Wh"),
    Key("MeterValuesAlignedData", "Measurands of clock-aligned meter values", "string", "RW"),
    Key("MeterValuesAlignedDataMaxLength", "Most clock-aligned measurands", "integer", "R"),
    Key("MeterValuesSampledData", "Measurands sampled during a session", "string", "RW"),
    Key("MeterValuesSampledDataMaxLength", "Most sampled measurands", "integer", "R"),
    Key("MeterValueSampleInterval", "Interval of samples during a session", "integer", "RW", "s"),
    Key("MinimumStatusDuration", "Time a status must last to be reported", "integer", "RW", "s"),
    Key("NumberOfConnectors", "Number of connectors", "integer", "R"),
    Key("ResetRetries", "Times a failed reset is tried again", "integer", "RW"),
    Key("StopTransactionOnEVSideDisconnect", "End the session when the vehicle is unplugged", "boolean", "RW"),
    Key("StopTransactionOnInvalidId", "End the session when its token turns out refused", "boolean", "RW"),
    Key("StopTxnAlignedData", "Clock-aligned measurands sent at the end of a session", "string", "RW"),
    Key("StopTxnAlignedDataMaxLength", "Most clock-aligned measurands at the end", "integer", "R"),
    Key("StopTxnSampledData", "Sampled measurands sent at the end of a session", "string", "RW"),
    Key("StopTxnSampledDataMaxLength", "Most sampled measurands at the end", "integer", "R"),
    Key("SupportedFeatureProfiles", "Feature profiles of the station", "string", "R"),
    Key("SupportedFeatureProfilesMaxLength", "Most feature profiles", "integer", "R"),
    Key("TransactionMessageAttempts", "Times a session message is sent again", "integer", "RW"),
    Key("TransactionMessageRetryInterval", "Wait before a session message is sent again", "integer", "RW", "s"),
    Key("UnlockConnectorOnEVSideDisconnect", "Unlock when the vehicle is unplugged", "boolean", "RW"),
    Key("WebSocketPingInterval", "Interval of pings from the station", "integer", "RW", "s"),
)
LOCAL_LIST = (
    Key("LocalAuthListEnabled", "Use the local list of tokens", "boolean", "RW", write_level="support"),
    Key("LocalAuthListMaxLength", "Most tokens in the local list", "integer", "R"),
    Key("SendLocalListMaxLength", "Most tokens sent at once", "integer", "R"),
)
RESERVATION = (Key("ReserveConnectorZeroSupported", "Can reserve any free connector", "boolean", "R"),)
SMART_CHARGING = (
    Key("ChargeProfileMaxStackLevel", "Highest stack level of charging profiles", "integer", "R"),
    Key("ChargingScheduleAllowedChargingRateUnit", "Units that charging schedules may use", "string", "R"),
    Key("ChargingScheduleMaxPeriods", "Most periods of a charging schedule", "integer", "R"),
    Key("ConnectorSwitch3to1PhaseSupported", "Can switch from three phases to one", "boolean", "R"),
    Key("MaxChargingProfilesInstalled", "Most charging profiles installed", "integer", "R"),
)
FIRMWARE = (Key("SupportedFileTransferProtocols", "Ways to transfer files", "string", "R"),)
SECURITY = (
    Key("AdditionalRootCertificateCheck", "Check new root certificates against the old one", "boolean", "R"),
    Key("AuthorizationKey", "Password of the station", "string", "W", write_level="none"),
    Key("CertificateSignedMaxChainSize", "Largest certificate chain", "integer", "R", "B"),
    Key("CertificateStoreMaxLength", "Most root certificates kept", "integer", "R"),
    Key("CpoName", "Name of the operator in certificates", "string", "RW"),
    Key("SecurityProfile", "Security profile", "integer", "RW"),
)
KEYS = (*CORE, *LOCAL_LIST, *RESERVATION, *SMART_CHARGING, *FIRMWARE, *SECURITY)

import { Directory1795305600001 } from './1795305600001-directory';
import { Calls1795305600002 } from './1795305600002-calls';
import { CallEvents1795305600003 } from './1795305600003-call-events';
import { PortalCalls1795305600004 } from './1795305600004-portal-calls';
import { Partitions1795305600005 } from './1795305600005-partitions';
import { RateGovernor1795305600006 } from './1795305600006-rate-governor';
import { PortalApps1795392000001 } from './1795392000001-portal-apps';
import { PortalEvents1795392000002 } from './1795392000002-portal-events';
import { OperatingTime1795400000001 } from './1795400000001-operating-time';
import { LedgerTurns1795400000002 } from './1795400000002-ledger-turns';
import { WaitingSteps1795400000003 } from './1795400000003-waiting-steps';
import { PortalUpkeep1795478400001 } from './1795478400001-portal-upkeep';
import { Clicks1795500000001 } from './1795500000001-clicks';
import { Routing1795510000001 } from './1795510000001-routing';
import { CallRemark1795520000001 } from './1795520000001-call-remark';

/** All migrations, oldest first. */
export const MIGRATIONS = [
  Directory1795305600001,
  Calls1795305600002,
  CallEvents1795305600003,
  PortalCalls1795305600004,
  Partitions1795305600005,
  RateGovernor1795305600006,
  PortalApps1795392000001,
  PortalEvents1795392000002,
  OperatingTime1795400000001,
  LedgerTurns1795400000002,
  WaitingSteps1795400000003,
  PortalUpkeep1795478400001,
  Clicks1795500000001,
  Routing1795510000001,
  CallRemark1795520000001,
];

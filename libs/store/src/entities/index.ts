import { CallEventEntity } from './call-event.entity';
import { CallSyncEntity } from './call-sync.entity';
import { CallEntity } from './call.entity';
import { ChannelEntity } from './channel.entity';
import { ClickEntity } from './click.entity';
import { ExternalLineEntity } from './external-line.entity';
import { PortalAppEntity } from './portal-app.entity';
import { PortalCallEntity } from './portal-call.entity';
import { PortalChoreEntity } from './portal-chore.entity';
import { PortalEventEntity } from './portal-event.entity';
import { PortalLineEntity } from './portal-line.entity';
import { PortalRateEntity } from './portal-rate.entity';
import { PortalRequestEntity } from './portal-request.entity';
import { PortalUserEntity } from './portal-user.entity';
import { PortalOperatingEntity } from './portal-operating.entity';
import { PortalEntity } from './portal.entity';
import { ProcessHeartbeatEntity } from './process-heartbeat.entity';
import { RecordingEntity } from './recording.entity';
import { SwitchEntity } from './switch.entity';
import { WaitingStepEntity } from './waiting-step.entity';

/** One entity per table; a spec holds them against the migrations. */
export const ENTITIES = [
  PortalAppEntity,
  PortalEntity,
  SwitchEntity,
  PortalUserEntity,
  ExternalLineEntity,
  CallEntity,
  ChannelEntity,
  RecordingEntity,
  CallEventEntity,
  PortalCallEntity,
  CallSyncEntity,
  PortalRequestEntity,
  PortalEventEntity,
  ClickEntity,
  PortalRateEntity,
  PortalLineEntity,
  PortalChoreEntity,
  ProcessHeartbeatEntity,
  PortalOperatingEntity,
  WaitingStepEntity,
];

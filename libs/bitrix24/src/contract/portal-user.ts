import { z } from 'zod';
import { phpDate, phpFlag, phpId, phpTextOrNull } from './lenient';

/** An employee, as user.get and user.current show him. Fields that the scope does not cover are left out silently. */
export const portalUser = z.object({
  ID: phpId,
  ACTIVE: phpFlag.optional(),
  NAME: phpTextOrNull,
  LAST_NAME: phpTextOrNull,
  SECOND_NAME: phpTextOrNull,
  EMAIL: phpTextOrNull,
  /** The extension; null when the user has none. */
  UF_PHONE_INNER: phpTextOrNull,
  WORK_PHONE: phpTextOrNull,
  PERSONAL_PHONE: phpTextOrNull,
  PERSONAL_MOBILE: phpTextOrNull,
  WORK_POSITION: phpTextOrNull,
  UF_DEPARTMENT: z.array(phpId).optional().catch(undefined),
  USER_TYPE: phpTextOrNull,
  TIMESTAMP_X: phpDate,
  LAST_ACTIVITY_DATE: phpDate,
});

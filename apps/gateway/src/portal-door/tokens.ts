/** Names of the door's providers that are no classes. */
export const DOOR_CONTEXT = Symbol('DoorContext');
export const ADDRESS_RULES = Symbol('AddressRules');

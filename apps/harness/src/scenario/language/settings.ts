import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const settingsShape = z
  .strictObject({
    switch: z
      .record(
        z.string().regex(/^CONNECTOR_[A-Z_]+$/, 'a setting of the switch is called CONNECTOR_...'),
        value,
      )
      .default({})
      .meta({ description: 'CONNECTOR_* variables of the switch (freeswitch/README.md)' }),
    connector: z
      .record(
        z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a setting of the connector is written in capital letters'),
        value,
      )
      .default({})
      .meta({ description: 'environment of gateway and worker (docs/generated/env.md)' }),
    configuration: z.string().min(1).optional().meta({
      description: "a folder beside the file, laid over the switch's configuration (freeswitch/conf)",
    }),
    portal: z
      .record(z.string(), z.unknown())
      .default({})
      .meta({ description: 'settings of the portal: cards, crm, addToChat, finishWhen, recordingUpload' }),
    crm: z
      .enum(['leads', 'simple'])
      .default('leads')
      .meta({ description: 'what the CRM makes of a stranger: a lead, or a contact and a deal' }),
  })
  .meta({ description: 'what is set otherwise than usual; the scenario gets processes of its own' });

export type Settings = z.output<typeof settingsShape>;

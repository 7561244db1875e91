import { z } from 'zod';

export interface MenuItem {
  /** A command id, an action id of the window, or a path of a submenu. */
  readonly id: string;
  readonly label: string;
  readonly accelerator: string | null;
  readonly enabled: boolean;
  /** `null` for an entry that is not a switch. */
  readonly checked: boolean | null;
  /** Draws a line above the entry. */
  readonly separated: boolean;
  readonly items: readonly MenuItem[];
}

export interface Menu {
  readonly label: string;
  readonly items: readonly MenuItem[];
}

const menuItemSchema: z.ZodType<MenuItem> = z.lazy(() =>
  z.object({
    id: z.string().min(1).max(1000),
    label: z.string().min(1).max(500),
    accelerator: z
      .string()
      .regex(/^[\x20-\x7e]{1,40}$/)
      .nullable(),
    enabled: z.boolean(),
    checked: z.boolean().nullable(),
    separated: z.boolean(),
    items: z.array(menuItemSchema).max(200),
  }),
);

/** The menu bar as data: the page draws it, and main makes the native one of it. */
export const menusSchema: z.ZodType<readonly Menu[]> = z
  .array(z.object({ label: z.string().min(1).max(60), items: z.array(menuItemSchema).max(200) }))
  .max(20);

import { z } from 'zod';
import { defineCommand } from '#core/command/defineCommand';

export const helpDoctor = defineCommand({
  id: 'help.doctor',
  title: 'Check Installation…',
  summary: 'Looks whether everything that Axial needs works here, and says what to do if not.',
  menu: ['Help'],
  verb: 'doctor',
  inputs: [],
  outputs: [],
  params: z.object({}),
  recorded: false,
  async run(context) {
    const items = await context.diagnose();
    const passed = items.every(({ ok }) => ok);
    return {
      passed,
      report: { ok: passed, items: items.map((item) => ({ ...item })) },
      lines: items.map(
        ({ what, ok, found, remedy }) =>
          `${ok ? 'ok     ' : 'problem'}  ${what}: ${found}${remedy ? ` ${remedy}` : ''}`,
      ),
    };
  },
});

import type { z } from 'zod';

/** What is wrong with a parameter, in words that do not come from a schema library. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key}"`).join(', ');
    return `there is no parameter ${names}`;
  }
  const name = `"${issue.path.map(String).join('.')}"`;
  switch (issue.code) {
    case 'too_small':
      return `${name} ${lowerLimit(issue)}`;
    case 'too_big':
      return `${name} has to be ${issue.inclusive === false ? 'below' : 'at most'} ${issue.maximum}`;
    case 'invalid_value':
      return `${name} has to be one of: ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined
        ? `${name} is missing`
        : `${name} has to be ${typeName(issue.expected)}`;
    case 'invalid_format':
      return `${name} is not written as it should be`;
    default:
      return `${name} does not take this value`;
  }
}

function lowerLimit({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'string' || origin === 'array') return 'must not be empty';
  return `has to be ${inclusive === false ? 'above' : 'at least'} ${minimum}`;
}

function typeName(expected: string): string {
  const names: { readonly [type: string]: string } = {
    int: 'a whole number',
    number: 'a number',
    string: 'a text',
    array: 'a list',
    boolean: 'true or false',
  };
  return names[expected] ?? `of type ${expected}`;
}

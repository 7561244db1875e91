/** Reports an exported declaration that no doc comment precedes. */
function isDocumented(sourceCode, node) {
  const comment = sourceCode.getCommentsBefore(node).at(-1);
  return comment?.type === 'Block' && comment.value.startsWith('*');
}

function namesOf(declaration) {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.map((each) => each.id.name ?? 'a pattern').join(', ');
  }
  return declaration.id?.name ?? 'this';
}

/** A command says what it does in its title and summary; the manual is made of them. */
function isCommand({ type, declarations }) {
  return (
    type === 'VariableDeclaration' &&
    declarations.every(({ init }) => init?.callee?.name === 'defineCommand')
  );
}

export const documentedExports = {
  meta: {
    type: 'problem',
    docs: { description: 'every export carries a doc comment' },
    schema: [],
    messages: {
      missing:
        'Say above `{{name}}` what it does: shapes, axis order, units, errors, and the source of a method.',
    },
  },
  create(context) {
    const overloaded = new Set();
    return {
      ExportNamedDeclaration(node) {
        if (!node.declaration || isCommand(node.declaration)) return;
        const name = namesOf(node.declaration);
        const documented = isDocumented(context.sourceCode, node);
        // Only the first of several signatures of one function carries the comment.
        if (node.declaration.type === 'TSDeclareFunction' && documented) overloaded.add(name);
        if (documented || overloaded.has(name)) return;
        context.report({ node, messageId: 'missing', data: { name } });
      },
    };
  },
};

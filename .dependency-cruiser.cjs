// The rules of ARCHITECTURE.md for editors and `npm run check`; test/layers.test.ts proves the same in the tests.
const { levels, highestPureLevel, only } = require('./test/layers.json');

const folders = Object.keys(levels);
const pathsOf = (names) => `^src/(${names.join('|')})/`;
const pure = folders.filter((folder) => levels[folder] <= highestPureLevel);

const downwards = folders.map((folder) => ({
  name: `${folder}-imports-downwards`,
  comment: 'A folder imports only from folders of a smaller level; equals never import each other.',
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: pathsOf(folders.filter((other) => other !== folder && levels[other] >= levels[folder])) },
}));

const restricted = Object.entries(only).map(([folder, allowed]) => ({
  name: `${folder}-imports-little`,
  comment: 'Imports pure folders and the named ones only.',
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    path: pathsOf(
      folders.filter((other) => other !== folder && !pure.includes(other) && !allowed.includes(other)),
    ),
  },
}));

module.exports = {
  forbidden: [
    // The highest folder has nothing above it.
    ...downwards.filter((rule) => rule.to.path !== '^src/()/'),
    ...restricted,
    {
      name: 'index-only',
      comment: 'Outside a folder only its index.ts is imported.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'pure',
      comment: 'Levels 0 to 5 import nothing of Node.',
      severity: 'error',
      from: { path: pathsOf(pure), pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(?:worker|raw|url|inline)$' },
    },
    {
      name: 'no-dev-dependency',
      comment: 'What is shipped runs without development packages.',
      severity: 'error',
      from: { path: '^(?:src|samples)/', pathNot: '\\.test\\.tsx?$|/testing/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

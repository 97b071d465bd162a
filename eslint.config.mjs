import tseslint from 'typescript-eslint';

/** Import order of the folders, left to right only; test/architecture.test.ts checks the same. */
const order = [
  'base',
  'expression',
  'jobs',
  'waveform',
  'devices',
  'netlist',
  'solver',
  'arch',
  'cli',
];

const layers = order.map((folder, i) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...order.slice(i + 1).map((later) => ({
            group: [`**/${later}/**`],
            message: `src/${folder} stands before src/${later}: imports go left to right only.`,
          })),
          ...(folder === 'cli'
            ? []
            : [
                {
                  group: ['node:*', 'fs', 'path'],
                  message: 'Nothing below src/cli touches Node: the same code runs in a browser.',
                },
              ]),
        ],
      },
    ],
    ...(folder === 'cli' ? {} : { 'no-console': 'error' }),
  },
}));

export default tseslint.config(
  { ignores: ['dist/**', 'dist.*/**', 'node_modules/**', '**/*.mjs', 'coverage/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Elements of arrays may be undefined: noUncheckedIndexedAccess is off for the typed arrays' sake.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-implied-eval': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  ...layers,
  // Generated code enters the program in one place only, from the checked intermediate form.
  { files: ['src/devices/language/link.ts'], rules: { 'no-new-func': 'off' } },
);

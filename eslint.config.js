import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'data', 'node_modules', 'screenshots'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'AbortSignal',
          property: 'any',
          message:
            'It loses the signals it was made of to the garbage collector (nodejs/node#57736): use deadline.ts.',
        },
      ],
      // An empty catch is a decision; it carries a comment that says which.
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
    },
  },
  {
    // The terminal is the product there.
    files: ['src/playground/console.ts', 'src/program.ts', 'src/cli/**', 'bench/**', 'test/tools/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // Control characters are what these patterns look for.
    files: ['**/*.ts'],
    rules: { 'no-control-regex': 'off', '@typescript-eslint/no-confusing-void-expression': 'off' },
  },
);

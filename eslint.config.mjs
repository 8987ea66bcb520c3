import vue from 'eslint-plugin-vue'
import vueAccessibility from 'eslint-plugin-vuejs-accessibility'
import ts from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a name that is written once can be searched for.'
}
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of literals or an `as const` list.' }

/** Ways out of the house rules that a review would miss (reliability.md §2, checklist). */
const forbiddenInWindows = [
  { selector: "MemberExpression[property.name='innerHTML']", message: 'Text only: letters are never HTML.' },
  { selector: "MemberExpression[property.name='outerHTML']", message: 'Text only: letters are never HTML.' },
  { selector: "CallExpression[callee.property.name='insertAdjacentHTML']", message: 'Text only: letters are never HTML.' }
]

const forbiddenInMain = [
  { selector: "CallExpression[callee.property.name='loadFile']", message: 'Pages come from app:// only.' },
  { selector: "CallExpression[callee.property.name='openExternal']", message: 'Nothing in a letter may be opened.' },
  { selector: "CallExpression[callee.property.name='sendSync']", message: 'Nothing may make a window wait for main.' },
  { selector: "Property[key.name='nodeIntegration'][value.value=true]", message: 'Never (checklist 2).' },
  { selector: "Property[key.name='contextIsolation'][value.value=false]", message: 'Never (checklist 3).' },
  { selector: "Property[key.name='sandbox'][value.value=false]", message: 'Never (checklist 4).' },
  { selector: "Property[key.name='webSecurity'][value.value=false]", message: 'Never (checklist 6).' },
  { selector: "Property[key.name='webviewTag'][value.value=true]", message: 'Never (checklist 11).' },
  { selector: "Property[key.name='allowRunningInsecureContent']", message: 'Never (checklist 8).' },
  { selector: "Property[key.name='experimentalFeatures']", message: 'Never (checklist 9).' },
  { selector: "Property[key.name='enableBlinkFeatures']", message: 'Never (checklist 10).' }
]

export default ts.config(
  { ignores: ['out/**', 'node_modules/**', 'tour/**', 'test-results/**', 'coverage/**', 'scripts/runtime/default-app/**'] },
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  ...vueAccessibility.configs['flat/recommended'],
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      eqeqeq: 'error'
    }
  },
  {
    files: ['src-main/**/*.ts'],
    languageOptions: { parserOptions: { project: ['./tsconfig.main.json', './tsconfig.preload.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-syntax': ['error', noDefaultExport, noEnum, ...forbiddenInMain]
    }
  },
  {
    files: ['src-main/rules/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Rules take the time as an argument.' },
        { object: 'Math', property: 'random', message: 'Rules take chance as an argument.' }
      ]
    }
  },
  {
    files: ['src-renderer/**/*.{ts,vue}'],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: ts.parser,
        extraFileExtensions: ['.vue'],
        project: ['./tsconfig.renderer.json'],
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      // Some screen readers no longer call a list a list once its bullets are styled away; `role="list"` says it again.
      'vuejs-accessibility/no-redundant-roles': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      'no-restricted-syntax': ['error', noEnum, ...forbiddenInWindows]
    }
  },
  // The list hears the arrow keys of the controls inside it; it is not a control itself.
  { files: ['src-renderer/ui/DataList.vue'], rules: { 'vuejs-accessibility/no-static-element-interactions': 'off' } },
  { files: ['src-renderer/**/*.ts'], rules: { 'no-restricted-syntax': ['error', noDefaultExport, noEnum, ...forbiddenInWindows] } }
)

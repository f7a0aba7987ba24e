/* The rules for JavaScript, after OCA's; layout is prettier's business. */
const js = require("@eslint/js");
const globals = require("globals");

const rules = {
    ...js.configs.recommended.rules,
    "array-callback-return": "error",
    complexity: ["error", 15],
    "default-case-last": "error",
    "dot-notation": "error",
    eqeqeq: "error",
    "max-depth": ["error", 4],
    "max-nested-callbacks": ["error", 5],
    "no-alert": "error",
    "no-console": "error",
    "no-duplicate-imports": "error",
    "no-else-return": "error",
    "no-empty-function": "error",
    "no-eval": "error",
    "no-extend-native": "error",
    "no-extra-bind": "error",
    "no-implied-eval": "error",
    "no-lone-blocks": "error",
    "no-lonely-if": "error",
    "no-loop-func": "error",
    "no-multi-assign": "error",
    "no-new": "error",
    "no-new-func": "error",
    "no-new-wrappers": "error",
    "no-param-reassign": "error",
    "no-return-assign": "error",
    "no-self-compare": "error",
    "no-sequences": "error",
    "no-shadow": "error",
    "no-throw-literal": "error",
    "no-undef-init": "error",
    "no-unneeded-ternary": "error",
    "no-unused-expressions": "error",
    "no-use-before-define": ["error", {functions: false}],
    "no-useless-call": "error",
    "no-useless-computed-key": "error",
    "no-useless-concat": "error",
    "no-useless-constructor": "error",
    "no-useless-rename": "error",
    "no-useless-return": "error",
    "no-var": "error",
    "no-void": "error",
    "object-shorthand": "error",
    "operator-assignment": ["error", "always"],
    "prefer-const": "error",
    "prefer-template": "error",
    radix: "error",
    "spaced-comment": ["error", "always"],
    yoda: "error",
};

module.exports = [
    {
        // Odoo makes a module of everything in these folders
        files: ["**/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, luxon: "readonly", odoo: "readonly"},
        },
        linterOptions: {reportUnusedDisableDirectives: "error"},
        rules,
    },
    {
        // Tools outside the browser
        files: ["**/*.cjs", "**/*.mjs"],
        languageOptions: {ecmaVersion: 2024, globals: globals.node},
        linterOptions: {reportUnusedDisableDirectives: "error"},
        rules: {...rules, "no-console": "off"},
    },
    {
        files: ["**/*.mjs"],
        languageOptions: {sourceType: "module"},
    },
    {
        // What the browser gets says by its name that it is a module
        files: ["**/static/src/**/*.js"],
        ignores: ["**/*.esm.js"],
        rules: {
            "no-restricted-syntax": [
                "error",
                {selector: "Program", message: "Name it .esm.js."},
            ],
        },
    },
];

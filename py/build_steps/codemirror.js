// What the page uses of CodeMirror and the parser of Python: vendor.py makes one file of it. Not of the page.
export { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
export { python } from '@codemirror/lang-python';
export { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
export { lintGutter, setDiagnostics } from '@codemirror/lint';
export { unifiedMergeView } from '@codemirror/merge';
export { EditorState } from '@codemirror/state';
export { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
export { tags } from '@lezer/highlight';

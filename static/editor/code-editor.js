// An editor of Python, and a view of what differs between two texts, both CodeMirror. They run nothing.
// @ts-check
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours of ../styles/page.css, so that they follow the theme. */
const LOOK = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--wash)', fontSize: '0.9rem', borderRadius: '0.4rem', border: '1px solid var(--rule)' },
  '&.cm-focused': { outline: '2px solid var(--lottery)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5', maxHeight: '26rem', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--wash)', color: 'var(--quiet)', borderRight: '1px solid var(--rule)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--ink) 5%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--lottery) 25%, transparent)' },
  '.cm-tooltip': { backgroundColor: 'var(--paper)', color: 'var(--ink)', border: '1px solid var(--rule)' },
  '.cm-diagnostic': { fontFamily: 'var(--sans)' },
  '.cm-wrong-line': { backgroundColor: 'color-mix(in srgb, var(--problem) 14%, transparent)' },
  '.cm-changedLine, &.cm-merge-b .cm-changedLine': { backgroundColor: 'color-mix(in srgb, var(--lottery) 14%, transparent)' },
  '.cm-deletedChunk': { backgroundColor: 'color-mix(in srgb, var(--problem) 12%, transparent)', color: 'var(--ink)' },
});
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], color: 'var(--mlp)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--permuted)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--random-text)' },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.className], color: 'var(--lottery)', fontWeight: '600' },
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
]);
const COMMON = [LOOK, syntaxHighlighting(COLOURS), python(), indentUnit.of('    '), lineNumbers(), drawSelection()];

/**
 * Typing over a selection is ours: by itself Chromium would keep the look of what was there in a style attribute, which
 * the page's policy forbids.
 */
const TYPED_OVER = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== 'insertText' || !event.data || view.composing || view.state.selection.main.empty) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});

/**
 * A shadow root: in one, CodeMirror's rules go into adopted style sheets, which the page's policy allows.
 * @param {HTMLElement} node @param {string} label
 */
function rootIn(node, label) {
  const root = node.attachShadow({ mode: 'open' });
  return { root, named: EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }) };
}

/**
 * @param {HTMLElement} node empty @param {{label: string, onChange: (text: string) => void}} options
 */
export function mountCodeEditor(node, { label, onChange }) {
  const { root, named } = rootIn(node, label);
  let silent = false; // while the text is not the visitor's doing
  const stateOf = (/** @type {string} */ doc) => EditorState.create({
    doc,
    extensions: [
      COMMON, named, history(), indentOnInput(), bracketMatching(), highlightActiveLine(), lintGutter(), TYPED_OVER,
      keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]), // Escape, then Tab, leaves it
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !silent) onChange(update.state.doc.toString());
      }),
    ],
  });
  const view = new EditorView({ root, parent: root, state: stateOf('') });
  return {
    focus: () => view.focus(),
    /** Show another text, with a history of its own. @param {string} text */
    show(text) {
      if (text === view.state.doc.toString()) return;
      silent = true;
      view.setState(stateOf(text));
      silent = false;
    },
    /** Mark a line, or none. @param {number | null} line from 1 @param {string} [message] */
    mark(line, message = '') {
      const { doc } = view.state;
      if (line === null) {
        view.dispatch(setDiagnostics(view.state, []));
        return;
      }
      const { from, to } = doc.line(Math.max(1, Math.min(doc.lines, line)));
      view.dispatch(setDiagnostics(view.state, [{ from, to, severity: 'error', message }]));
      view.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    },
  };
}

/**
 * Show what somebody's text changes in ours, line by line.
 * @param {HTMLElement} node empty @param {{label: string, ours: string, theirs: string}} texts
 */
export function mountDifference(node, { label, ours, theirs }) {
  const { root, named } = rootIn(node, label);
  new EditorView({
    root, parent: root,
    state: EditorState.create({
      doc: theirs,
      extensions: [COMMON, named, EditorState.readOnly.of(true), unifiedMergeView({ original: ours, mergeControls: false, gutter: true })],
    }),
  });
}

import { EditorContent, useEditor, useEditorState, type Editor as Writing } from '@tiptap/react'
import type { ArticleDocument } from '@tongxin/domain/publishing/document'
import { safeLink } from '@tongxin/domain/publishing/document'
import { Button, RefusalText, TextInput } from '@tongxin/ui'
import {
  Bold,
  Heading2,
  Heading3,
  ImagePlus,
  Italic,
  Link as LinkIcon,
  List,
  ListOrdered,
  type LucideIcon,
  Minus,
  Quote,
  Redo2,
  RemoveFormatting,
  Strikethrough,
  Table2,
  Underline,
  Undo2,
} from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useSending } from '../../shared/upload/use-sending.ts'
import { bareDocument, DOCUMENT_PARTS } from './document-parts.ts'

type Tool = {
  readonly key: string
  readonly Icon: LucideIcon
  readonly run: (editor: Writing) => void
  readonly is?: (editor: Writing) => boolean
}
const TOOLS: readonly Tool[] = [
  { key: 'undo', Icon: Undo2, run: (e) => e.chain().focus().undo().run() },
  { key: 'redo', Icon: Redo2, run: (e) => e.chain().focus().redo().run() },
  {
    key: 'heading2',
    Icon: Heading2,
    run: (e) => e.chain().focus().toggleHeading({ level: 2 }).run(),
    is: (e) => e.isActive('heading', { level: 2 }),
  },
  {
    key: 'heading3',
    Icon: Heading3,
    run: (e) => e.chain().focus().toggleHeading({ level: 3 }).run(),
    is: (e) => e.isActive('heading', { level: 3 }),
  },
  { key: 'bold', Icon: Bold, run: (e) => e.chain().focus().toggleBold().run(), is: (e) => e.isActive('bold') },
  { key: 'italic', Icon: Italic, run: (e) => e.chain().focus().toggleItalic().run(), is: (e) => e.isActive('italic') },
  {
    key: 'underline',
    Icon: Underline,
    run: (e) => e.chain().focus().toggleUnderline().run(),
    is: (e) => e.isActive('underline'),
  },
  {
    key: 'strike',
    Icon: Strikethrough,
    run: (e) => e.chain().focus().toggleStrike().run(),
    is: (e) => e.isActive('strike'),
  },
  {
    key: 'bullets',
    Icon: List,
    run: (e) => e.chain().focus().toggleBulletList().run(),
    is: (e) => e.isActive('bulletList'),
  },
  {
    key: 'numbers',
    Icon: ListOrdered,
    run: (e) => e.chain().focus().toggleOrderedList().run(),
    is: (e) => e.isActive('orderedList'),
  },
  {
    key: 'quote',
    Icon: Quote,
    run: (e) => e.chain().focus().toggleBlockquote().run(),
    is: (e) => e.isActive('blockquote'),
  },
  { key: 'rule', Icon: Minus, run: (e) => e.chain().focus().setHorizontalRule().run() },
  {
    key: 'table',
    Icon: Table2,
    run: (e) => e.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  },
  { key: 'plain', Icon: RemoveFormatting, run: (e) => e.chain().focus().unsetAllMarks().clearNodes().run() },
]
const TABLE_ACTS = [
  { key: 'rowAfter', run: (e: Writing) => e.chain().focus().addRowAfter().run() },
  { key: 'columnAfter', run: (e: Writing) => e.chain().focus().addColumnAfter().run() },
  { key: 'rowAway', run: (e: Writing) => e.chain().focus().deleteRow().run() },
  { key: 'columnAway', run: (e: Writing) => e.chain().focus().deleteColumn().run() },
  { key: 'tableAway', run: (e: Writing) => e.chain().focus().deleteTable().run() },
] as const

/** The text of an article, written or pasted: everything that is not part of a document falls away. */
export function Editor(props: {
  label: string
  document: ArticleDocument
  onChange: (document: ArticleDocument) => void
  error?: string | undefined
}) {
  const id = useId()
  const editor = useEditor({
    extensions: DOCUMENT_PARTS,
    content: props.document as never,
    // The policy of the page allows no style but our own files'.
    injectCSS: false,
    immediatelyRender: true,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': id,
        class: 'tx-document publishing-paper',
      },
    },
    onUpdate: ({ editor: writing }) => props.onChange(bareDocument(writing.getJSON() as never) as never),
  })
  return (
    <div className="publishing-editor">
      <span id={id} className="publishing-label">
        {props.label}
      </span>
      <Tools editor={editor} />
      <EditorContent editor={editor} />
      {props.error ? <p className="publishing-wrong">{props.error}</p> : null}
    </div>
  )
}

function Tools({ editor }: { editor: Writing }) {
  const { t } = useTranslation()
  const [isLinking, setLinking] = useState(false)
  const { active, isInTable } = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      active: TOOLS.filter(({ is }) => is?.(now))
        .map(({ key }) => key)
        .join(' '),
      isInTable: now.isActive('table'),
    }),
  })
  return (
    <div className="publishing-tools" role="toolbar" aria-label={t('publishing.tools')}>
      {TOOLS.map(({ key, Icon, run, is }) => (
        <button
          key={key}
          type="button"
          title={t(`publishing.tool.${key}`)}
          aria-label={t(`publishing.tool.${key}`)}
          {...(is ? { 'aria-pressed': active.split(' ').includes(key) } : {})}
          onClick={() => run(editor)}
        >
          <Icon aria-hidden="true" />
        </button>
      ))}
      <button
        type="button"
        title={t('publishing.tool.link')}
        aria-label={t('publishing.tool.link')}
        onClick={() => setLinking(true)}
      >
        <LinkIcon aria-hidden="true" />
      </button>
      <PictureTool editor={editor} />
      {isInTable
        ? TABLE_ACTS.map(({ key, run }) => (
            <Button key={key} kind="quiet" onClick={() => run(editor)}>
              {t(`publishing.tool.${key}`)}
            </Button>
          ))
        : null}
      {isLinking ? <LinkDialog editor={editor} onClose={() => setLinking(false)} /> : null}
    </div>
  )
}

function PictureTool({ editor }: { editor: Writing }) {
  const { t } = useTranslation()
  const { sent, error, send } = useSending('photo')
  const take = async (file: File | undefined) => {
    const fileId = file ? await send(file) : null
    if (file && fileId !== null) {
      const caption = file.name.replace(/\.[^.]+$/, '')
      editor.chain().focus().insertContent({ type: 'image', attrs: { fileId, caption } }).run()
    }
  }
  return (
    <>
      <label className="publishing-picture" title={t('publishing.tool.picture')}>
        <ImagePlus aria-hidden="true" />
        <input
          type="file"
          className="tx-hidden"
          aria-label={t('publishing.tool.picture')}
          accept="image/jpeg,image/png,image/webp"
          disabled={sent !== null}
          onChange={(event) => {
            void take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
      {sent ? <span className="hint">{t('publishing.sending')}</span> : null}
      <RefusalText error={error} />
    </>
  )
}

function LinkDialog({ editor, onClose }: { editor: Writing; onClose: () => void }) {
  const { t } = useTranslation()
  const [address, setAddress] = useState(String(editor.getAttributes('link').href ?? ''))
  const href = safeLink(address.trim())
  const isAway = address.trim() === ''
  const set = () => {
    const chain = editor.chain().focus().extendMarkRange('link')
    if (href === null) chain.unsetLink().run()
    else if (editor.state.selection.empty && !editor.isActive('link'))
      chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run()
    else chain.setLink({ href }).run()
    onClose()
  }
  return (
    <FormDialog
      title={t('publishing.tool.link')}
      verb={t(isAway ? 'publishing.unlink' : 'publishing.link')}
      whyNot={href !== null || isAway ? undefined : t('publishing.linkHint')}
      isBusy={false}
      error={null}
      onSubmit={set}
      onClose={onClose}
    >
      <TextInput
        label={t('publishing.address')}
        type="url"
        maxLength={2000}
        help={t('publishing.linkHint')}
        value={address}
        onChange={setAddress}
      />
    </FormDialog>
  )
}

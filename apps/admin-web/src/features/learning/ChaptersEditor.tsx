import type { CourseRecord } from '@tongxin/contract/learning'
import { BLOCK_KINDS, type BlockKind, type Chapter } from '@tongxin/contract/learning.words'
import { Button, TextInput } from '@tongxin/ui'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BlockEditor } from './BlockEditor.tsx'
import { moved, newBlock, newChapter, replaced, without } from './draft.ts'
import type { Editing } from './FactsForm.tsx'
import { RefDialog } from './RefDialog.tsx'

const NAMES_A_THING: ReadonlySet<BlockKind> = new Set(['media', 'package', 'quiz', 'file', 'slides'])

/** Chapters in their order, each with its blocks. */
export function ChaptersEditor({ course, content, change }: Editing & { course: CourseRecord }) {
  const { t } = useTranslation()
  const { chapters } = content
  const set = (next: Chapter[]) => change({ chapters: next })
  return (
    <section aria-labelledby="chapters" className="learning-chapters">
      <h2 id="chapters">{t('learning.part.chapters')}</h2>
      {chapters.length === 0 ? <p className="hint">{t('learning.noChapter')}</p> : null}
      {chapters.map((chapter, at) => (
        <section key={chapter.id} className="learning-chapter" aria-label={chapter.title}>
          <header>
            <TextInput
              label={t('learning.chapterNo', { number: at + 1 })}
              required
              maxLength={80}
              value={chapter.title}
              onChange={(title) => title.trim() !== '' && set(replaced(chapters, at, { ...chapter, title }))}
            />
            <Places
              of={chapter.title}
              isFirst={at === 0}
              isLast={at === chapters.length - 1}
              move={(by) => set(moved(chapters, at, by))}
              remove={() => set(without(chapters, at))}
            />
          </header>
          <Blocks course={course} chapter={chapter} onChange={(next) => set(replaced(chapters, at, next))} />
        </section>
      ))}
      <Button
        icon={<Plus aria-hidden="true" />}
        onClick={() => set([...chapters, newChapter(t('learning.chapterNo', { number: chapters.length + 1 }))])}
      >
        {t('learning.addChapter')}
      </Button>
    </section>
  )
}

/** Up, down, away: with the keyboard as with the mouse. */
function Places(props: {
  of: string
  isFirst: boolean
  isLast: boolean
  move: (by: -1 | 1) => void
  remove: () => void
}) {
  const { t } = useTranslation()
  return (
    <span className="learning-places">
      {props.isFirst ? null : (
        <Button kind="quiet" aria-label={t('learning.up', { name: props.of })} onClick={() => props.move(-1)}>
          <ArrowUp aria-hidden="true" />
        </Button>
      )}
      {props.isLast ? null : (
        <Button kind="quiet" aria-label={t('learning.down', { name: props.of })} onClick={() => props.move(1)}>
          <ArrowDown aria-hidden="true" />
        </Button>
      )}
      <Button kind="quiet" aria-label={t('learning.remove', { name: props.of })} onClick={props.remove}>
        <Trash2 aria-hidden="true" />
      </Button>
    </span>
  )
}

function Blocks({
  course,
  chapter,
  onChange,
}: {
  course: CourseRecord
  chapter: Chapter
  onChange: (next: Chapter) => void
}) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<BlockKind | null>(null)
  const { blocks } = chapter
  const add = (kind: BlockKind) => {
    if (NAMES_A_THING.has(kind)) setAsked(kind)
    else onChange({ ...chapter, blocks: [...blocks, newBlock(kind)] })
  }
  return (
    <>
      {blocks.map((block, at) => (
        <section
          key={block.id}
          className="learning-block"
          aria-label={block.title || t(`words.learning.blockKind.${block.kind}`)}
        >
          <header>
            <strong>{t(`words.learning.blockKind.${block.kind}`)}</strong>
            <Places
              of={block.title || t(`words.learning.blockKind.${block.kind}`)}
              isFirst={at === 0}
              isLast={at === blocks.length - 1}
              move={(by) => onChange({ ...chapter, blocks: moved(blocks, at, by) })}
              remove={() => onChange({ ...chapter, blocks: without(blocks, at) })}
            />
          </header>
          <BlockEditor
            course={course}
            block={block}
            onChange={(next) => onChange({ ...chapter, blocks: replaced(blocks, at, next) })}
          />
        </section>
      ))}
      <fieldset className="learning-add">
        <legend>{t('learning.addBlock')}</legend>
        {BLOCK_KINDS.map((kind) => (
          <Button key={kind} kind="quiet" onClick={() => add(kind)}>
            {t(`words.learning.blockKind.${kind}`)}
          </Button>
        ))}
      </fieldset>
      {asked ? (
        <RefDialog
          kind={asked}
          onClose={() => setAsked(null)}
          onPick={(ref, name) => {
            const block = newBlock(asked, ref)
            const named =
              block.kind === 'file' || block.kind === 'slides'
                ? { ...block, name }
                : { ...block, title: name.slice(0, 80) }
            onChange({ ...chapter, blocks: [...blocks, named] })
            setAsked(null)
          }}
        />
      ) : null}
    </>
  )
}

import type { CourseRecord } from '@tongxin/contract/learning'
import type { CardQuestion, CourseBlock } from '@tongxin/contract/learning.words'
import { Button, TextArea, TextInput } from '@tongxin/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { replaced, without } from './draft.ts'
import { CourseImage, FilePick } from './FilePick.tsx'

type Props<B extends CourseBlock = CourseBlock> = {
  course: CourseRecord
  block: B
  onChange: (block: CourseBlock) => void
}
type Of<K extends CourseBlock['kind']> = Extract<CourseBlock, { kind: K }>

/** One block: its title, what it holds, and the question whether one is still there. */
export function BlockEditor({ course, block, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('learning.blockTitle')}
        maxLength={80}
        value={block.title}
        onChange={(title) => onChange({ ...block, title })}
      />
      <Body course={course} block={block} onChange={onChange} />
      <TextInput
        label={t('learning.confirm')}
        help={t('learning.confirmHint')}
        maxLength={120}
        value={block.confirm ?? ''}
        onChange={(confirm) => onChange({ ...block, confirm: confirm === '' ? null : confirm })}
      />
    </>
  )
}

function Body({ course, block, onChange }: Props) {
  switch (block.kind) {
    case 'text':
      return <TextBody course={course} block={block} onChange={onChange} />
    case 'pictures':
      return <PicturesBody course={course} block={block} onChange={onChange} />
    case 'card':
      return <CardBody course={course} block={block} onChange={onChange} />
    case 'file':
    case 'slides':
      return <p className="hint">{block.name}</p>
    default:
      return <RefBody course={course} block={block} onChange={onChange} />
  }
}

function TextBody({ block, onChange }: Props<Of<'text'>>) {
  const { t } = useTranslation()
  return (
    <TextArea
      label={t('learning.text')}
      help={t('learning.textHint')}
      rows={8}
      maxLength={20_000}
      value={block.text}
      onChange={(text) => onChange({ ...block, text })}
    />
  )
}

/** What the block shows is a thing of another module, known here by its card. */
function RefBody({ course, block }: Props<Of<'media'> | Of<'package'> | Of<'quiz'>>) {
  const { t } = useTranslation()
  const id = block.kind === 'media' ? block.mediaId : block.kind === 'package' ? block.packageId : block.paperId
  const card = course.cards.find((one) => one.id === id)
  return <p className={card?.isGone ? 'learning-note' : 'hint'}>{card?.isGone ? t('learning.refGone') : card?.title}</p>
}

function PicturesBody({ course, block, onChange }: Props<Of<'pictures'>>) {
  const { t } = useTranslation()
  const { pictures } = block
  const set = (next: typeof pictures) => onChange({ ...block, pictures: next })
  return (
    <div className="learning-pictures">
      {pictures.map((picture, at) => (
        <figure key={picture.fileId}>
          <CourseImage courseId={course.id} fileId={picture.fileId} alt={picture.caption} />
          <TextInput
            label={t('learning.caption')}
            maxLength={200}
            value={picture.caption}
            onChange={(caption) => set(replaced(pictures, at, { ...picture, caption }))}
          />
          <Button kind="quiet" icon={<Trash2 aria-hidden="true" />} onClick={() => set(without(pictures, at))}>
            {t('learning.removeFile')}
          </Button>
        </figure>
      ))}
      <FilePick
        courseId={course.id}
        label={t('learning.addPicture')}
        purpose="photo"
        value={null}
        onChange={(fileId) => fileId && set([...pictures, { fileId, caption: '' }])}
      />
    </div>
  )
}

const CARD_LETTERS = 120

function CardBody({ course, block, onChange }: Props<Of<'card'>>) {
  const { t } = useTranslation()
  const empty: CardQuestion = { text: '？', options: [t('learning.yes'), t('learning.no')], right: 0, why: '' }
  return (
    <>
      <FilePick
        courseId={course.id}
        label={t('learning.cardPicture')}
        purpose="photo"
        value={block.fileId}
        onChange={(fileId) => onChange({ ...block, fileId })}
      />
      <TextArea
        label={t('learning.cardText')}
        help={t('learning.lettersLeft', { count: CARD_LETTERS - block.text.length })}
        rows={3}
        maxLength={CARD_LETTERS}
        value={block.text}
        onChange={(text) => onChange({ ...block, text })}
      />
      {block.question ? (
        <QuestionFields
          question={block.question}
          onChange={(question) => onChange({ ...block, question })}
          onRemove={() => onChange({ ...block, question: null })}
        />
      ) : (
        <Button kind="quiet" icon={<Plus aria-hidden="true" />} onClick={() => onChange({ ...block, question: empty })}>
          {t('learning.addQuestion')}
        </Button>
      )}
    </>
  )
}

const MOST_OPTIONS = 4

function QuestionFields(props: {
  question: CardQuestion
  onChange: (question: CardQuestion) => void
  onRemove: () => void
}) {
  const { t } = useTranslation()
  const { question, onChange } = props
  const { options, right } = question
  return (
    <fieldset className="learning-question">
      <legend>{t('learning.question')}</legend>
      <TextInput
        label={t('learning.questionText')}
        required
        maxLength={120}
        value={question.text}
        onChange={(text) => text.trim() !== '' && onChange({ ...question, text })}
      />
      {options.map((option, at) => (
        <div key={at} className="learning-option">
          <input
            type="radio"
            name={`right-${question.text}`}
            aria-label={t('learning.isRight', { number: at + 1 })}
            checked={right === at}
            onChange={() => onChange({ ...question, right: at })}
          />
          <TextInput
            label={t('learning.optionNo', { number: at + 1 })}
            required
            maxLength={60}
            value={option}
            onChange={(text) => text.trim() !== '' && onChange({ ...question, options: replaced(options, at, text) })}
          />
          {options.length > 2 ? (
            <Button
              kind="quiet"
              aria-label={t('learning.remove', { name: option })}
              onClick={() =>
                onChange({
                  ...question,
                  options: without(options, at),
                  right: right >= at && right > 0 ? right - 1 : right,
                })
              }
            >
              <Trash2 aria-hidden="true" />
            </Button>
          ) : null}
        </div>
      ))}
      <TextInput
        label={t('learning.why')}
        maxLength={200}
        value={question.why}
        onChange={(why) => onChange({ ...question, why })}
      />
      <div className="learning-row">
        {options.length < MOST_OPTIONS ? (
          <Button
            kind="quiet"
            icon={<Plus aria-hidden="true" />}
            onClick={() =>
              onChange({ ...question, options: [...options, t('learning.optionNo', { number: options.length + 1 })] })
            }
          >
            {t('learning.addOption')}
          </Button>
        ) : null}
        <Button kind="quiet" icon={<Trash2 aria-hidden="true" />} onClick={props.onRemove}>
          {t('learning.removeQuestion')}
        </Button>
      </div>
    </fieldset>
  )
}

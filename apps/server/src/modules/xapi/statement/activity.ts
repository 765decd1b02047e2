import {
  extensionsAt,
  iriAt,
  listAt,
  type Members,
  objectAt,
  oneOfAt,
  optional,
  required,
  textAt,
  textsAt,
  wrong,
} from './shape.ts'

/** The parts that each kind of question has (4.2.2.3.1, interaction activities). */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'true-false': [],
  choice: ['choices'],
  'fill-in': [],
  'long-fill-in': [],
  matching: ['source', 'target'],
  performance: ['steps'],
  sequencing: ['choices'],
  likert: ['scale'],
  numeric: [],
  other: [],
}
const ALL_PARTS = ['choices', 'scale', 'source', 'target', 'steps']
const DEFINITION = [
  'name',
  'description',
  'type',
  'moreInfo',
  'extensions',
  'interactionType',
  'correctResponsesPattern',
  ...ALL_PARTS,
]

export function activityAt(value: unknown, at: string): Members {
  const activity = objectAt(value, at, ['objectType', 'id', 'definition'])
  optional(activity, 'objectType', at, (type, place) => oneOfAt(type, place, ['Activity']))
  required(activity, 'id', at, iriAt)
  optional(activity, 'definition', at, definitionAt)
  return activity
}

function definitionAt(value: unknown, at: string): void {
  const definition = objectAt(value, at, DEFINITION)
  optional(definition, 'name', at, textsAt)
  optional(definition, 'description', at, textsAt)
  optional(definition, 'type', at, iriAt)
  optional(definition, 'moreInfo', at, iriAt)
  optional(definition, 'extensions', at, extensionsAt)
  optional(definition, 'interactionType', at, (type, place) => oneOfAt(type, place, Object.keys(PARTS)))
  optional(definition, 'correctResponsesPattern', at, (patterns, place) => {
    for (const [index, pattern] of listAt(patterns, place).entries()) textAt(pattern, `${place}/${index}`)
  })
  const interaction = definition.interactionType as string | undefined
  const isQuestion = ['correctResponsesPattern', ...ALL_PARTS].some((name) => Object.hasOwn(definition, name))
  if (isQuestion && interaction === undefined) wrong(`${at}/interactionType`, 'missing')
  for (const part of ALL_PARTS) {
    optional(definition, part, at, (components, place) => {
      if (!PARTS[interaction ?? '']?.includes(part)) wrong(place, 'unknown')
      componentsAt(components, place)
    })
  }
}

function componentsAt(value: unknown, at: string): void {
  const seen = new Set<string>()
  for (const [index, item] of listAt(value, at).entries()) {
    const component = objectAt(item, `${at}/${index}`, ['id', 'description'])
    const id = required(component, 'id', `${at}/${index}`, textAt)
    if (seen.has(id)) wrong(`${at}/${index}/id`, 'repeated')
    seen.add(id)
    optional(component, 'description', `${at}/${index}`, textsAt)
  }
}

import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountPrepared } from '../../platform/http.ts'
import * as lecturers from './service/lecturers.ts'
import * as matching from './service/matching.ts'
import * as own from './service/own.ts'
import * as proposals from './service/proposals.ts'
import * as wanted from './service/wanted.ts'
import * as wishes from './service/wishes.ts'
import type { TopicPorts } from './topics.ports.ts'

export const topicsRoutes = (ports: TopicPorts) => async (app: FastifyInstance) => {
  mount(app, contract.listMyTopics, own.list)
  mount(app, contract.findSimilarTopics, own.similar)
  mount(app, contract.listTopicUnits, own.units)
  mount(app, contract.readMyTopic, own.read)
  mount(app, contract.makeTopic, own.make)
  mount(app, contract.withdrawTopic, own.withdraw)
  mount(app, contract.supportTopic, own.support)
  mount(app, contract.enrolInTopic, own.enrol)
  mount(app, contract.rateTopic, own.rate)
  mount(app, contract.readMyLecturing, lecturers.readOwn)
  mount(app, contract.offerLecturing, lecturers.offer)
  mount(app, contract.setLecturingSlots, lecturers.setSlots)
  mount(app, contract.endLecturing, lecturers.endOwn)
  mount(app, contract.answerTopicProposalOfMine, proposals.answerOwn)
  mount(app, contract.listTopics, wishes.list)
  mount(app, contract.readWantedTopics, wanted.read)
  mount(app, contract.exportWantedTopics, wanted.file)
  mount(app, contract.readTopic, wishes.read)
  mount(app, contract.moderateTopic, wishes.moderate)
  mount(app, contract.planTopicMerge, wishes.planMerge)
  mount(app, contract.mergeTopic, wishes.merge)
  mount(app, contract.undoTopicMerge, wishes.undoMerge)
  mount(app, contract.callForLecturers, wishes.call)
  mount(app, contract.makeTopicCourse, wishes.makeCourse(ports))
  mount(app, contract.listLecturers, lecturers.list)
  mount(app, contract.addLecturer, lecturers.add)
  mount(app, contract.reviewLecturer, lecturers.review)
  mount(app, contract.endLecturer, lecturers.end)
  mountPrepared(app, contract.runMatching, matching.prepare, matching.write)
  mount(app, contract.readLastMatching, matching.last)
  mount(app, contract.listTopicProposals, proposals.list)
  mount(app, contract.answerTopicProposal, proposals.answer)
  mount(app, contract.scheduleTopicProposal, proposals.schedule(ports))
  mount(app, contract.missTopicProposal, proposals.miss)
}

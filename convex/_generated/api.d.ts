/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";
import type * as ai_chooseModel from "../ai/chooseModel.js";
import type * as ai_cutText from "../ai/cutText.js";
import type * as ai_eventPieces from "../ai/eventPieces.js";
import type * as ai_extractive_best from "../ai/extractive/best.js";
import type * as ai_extractive_breath from "../ai/extractive/breath.js";
import type * as ai_extractive_compose from "../ai/extractive/compose.js";
import type * as ai_extractive_createExtractive from "../ai/extractive/createExtractive.js";
import type * as ai_extractive_findPassages from "../ai/extractive/findPassages.js";
import type * as ai_extractive_matchTerm from "../ai/extractive/matchTerm.js";
import type * as ai_extractive_questionTerms from "../ai/extractive/questionTerms.js";
import type * as ai_extractive_rank from "../ai/extractive/rank.js";
import type * as ai_extractive_readPage from "../ai/extractive/readPage.js";
import type * as ai_extractive_sentences from "../ai/extractive/sentences.js";
import type * as ai_extractive_similarity from "../ai/extractive/similarity.js";
import type * as ai_extractive_summarise from "../ai/extractive/summarise.js";
import type * as ai_extractive_terms from "../ai/extractive/terms.js";
import type * as ai_extractive_units from "../ai/extractive/units.js";
import type * as ai_extractive_writeReply from "../ai/extractive/writeReply.js";
import type * as ai_joinTextEvents from "../ai/joinTextEvents.js";
import type * as ai_modelFailure from "../ai/modelFailure.js";
import type * as ai_models from "../ai/models.js";
import type * as ai_nonce from "../ai/nonce.js";
import type * as ai_notesPrompt from "../ai/notesPrompt.js";
import type * as ai_pageFrame from "../ai/pageFrame.js";
import type * as ai_prompt from "../ai/prompt.js";
import type * as ai_providerFailure from "../ai/providerFailure.js";
import type * as ai_reading_coverage from "../ai/reading/coverage.js";
import type * as ai_reading_fairShares from "../ai/reading/fairShares.js";
import type * as ai_reading_nearestPassages from "../ai/reading/nearestPassages.js";
import type * as ai_reading_noteSizes from "../ai/reading/noteSizes.js";
import type * as ai_reading_outlineOf from "../ai/reading/outlineOf.js";
import type * as ai_reading_packPasses from "../ai/reading/packPasses.js";
import type * as ai_reading_passCoverage from "../ai/reading/passCoverage.js";
import type * as ai_reading_planReading from "../ai/reading/planReading.js";
import type * as ai_reading_rankPassages from "../ai/reading/rankPassages.js";
import type * as ai_reading_readablePage from "../ai/reading/readablePage.js";
import type * as ai_reading_sectionsOf from "../ai/reading/sectionsOf.js";
import type * as ai_scrub from "../ai/scrub.js";
import type * as ai_servedShare from "../ai/servedShare.js";
import type * as ai_stallWatch from "../ai/stallWatch.js";
import type * as ai_streamAnswer from "../ai/streamAnswer.js";
import type * as ai_streamOnce from "../ai/streamOnce.js";
import type * as ai_takeNote from "../ai/takeNote.js";
import type * as ai_usageOf from "../ai/usageOf.js";
import type * as ai_watchedFetch from "../ai/watchedFetch.js";
import type * as chunks from "../chunks.js";
import type * as citations from "../citations.js";
import type * as conversations from "../conversations.js";
import type * as functions from "../functions.js";
import type * as generation from "../generation.js";
import type * as generations from "../generations.js";
import type * as http from "../http.js";
import type * as local_localToken from "../local/localToken.js";
import type * as local_sameSecret from "../local/sameSecret.js";
import type * as local_tradeSecret from "../local/tradeSecret.js";
import type * as messages from "../messages.js";
import type * as model_answerInput from "../model/answerInput.js";
import type * as model_chosenModel from "../model/chosenModel.js";
import type * as model_chunks from "../model/chunks.js";
import type * as model_citations from "../model/citations.js";
import type * as model_conversations from "../model/conversations.js";
import type * as model_failure from "../model/failure.js";
import type * as model_finish from "../model/finish.js";
import type * as model_generations from "../model/generations.js";
import type * as model_heads from "../model/heads.js";
import type * as model_jobs from "../model/jobs.js";
import type * as model_keptPages from "../model/keptPages.js";
import type * as model_leases from "../model/leases.js";
import type * as model_lifecycle from "../model/lifecycle.js";
import type * as model_limits from "../model/limits.js";
import type * as model_locateQuotes from "../model/locateQuotes.js";
import type * as model_ownership from "../model/ownership.js";
import type * as model_pages from "../model/pages.js";
import type * as model_parts from "../model/parts.js";
import type * as model_passNotes from "../model/passNotes.js";
import type * as model_passages from "../model/passages.js";
import type * as model_previewLine from "../model/previewLine.js";
import type * as model_purge from "../model/purge.js";
import type * as model_question from "../model/question.js";
import type * as model_quote from "../model/quote.js";
import type * as model_quoteCheck from "../model/quoteCheck.js";
import type * as model_rateLimit from "../model/rateLimit.js";
import type * as model_replies from "../model/replies.js";
import type * as model_send from "../model/send.js";
import type * as model_sent from "../model/sent.js";
import type * as model_snapshotRemoval from "../model/snapshotRemoval.js";
import type * as model_snapshots from "../model/snapshots.js";
import type * as model_splitPassages from "../model/splitPassages.js";
import type * as model_tokens from "../model/tokens.js";
import type * as model_usage from "../model/usage.js";
import type * as model_users from "../model/users.js";
import type * as model_waiting from "../model/waiting.js";
import type * as model_watchdog from "../model/watchdog.js";
import type * as models from "../models.js";
import type * as pairing from "../pairing.js";
import type * as passNotes from "../passNotes.js";
import type * as passages from "../passages.js";
import type * as run_checkQuotes from "../run/checkQuotes.js";
import type * as run_chunkWriter from "../run/chunkWriter.js";
import type * as run_clock from "../run/clock.js";
import type * as run_heartbeat from "../run/heartbeat.js";
import type * as run_passReading from "../run/passReading.js";
import type * as run_runAttempt from "../run/runAttempt.js";
import type * as run_searchPassages from "../run/searchPassages.js";
import type * as snapshots from "../snapshots.js";
import type * as validators from "../validators.js";

/**
 * A utility for referencing Convex functions in your app's API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
declare const fullApi: ApiFromModules<{
  "ai/chooseModel": typeof ai_chooseModel;
  "ai/cutText": typeof ai_cutText;
  "ai/eventPieces": typeof ai_eventPieces;
  "ai/extractive/best": typeof ai_extractive_best;
  "ai/extractive/breath": typeof ai_extractive_breath;
  "ai/extractive/compose": typeof ai_extractive_compose;
  "ai/extractive/createExtractive": typeof ai_extractive_createExtractive;
  "ai/extractive/findPassages": typeof ai_extractive_findPassages;
  "ai/extractive/matchTerm": typeof ai_extractive_matchTerm;
  "ai/extractive/questionTerms": typeof ai_extractive_questionTerms;
  "ai/extractive/rank": typeof ai_extractive_rank;
  "ai/extractive/readPage": typeof ai_extractive_readPage;
  "ai/extractive/sentences": typeof ai_extractive_sentences;
  "ai/extractive/similarity": typeof ai_extractive_similarity;
  "ai/extractive/summarise": typeof ai_extractive_summarise;
  "ai/extractive/terms": typeof ai_extractive_terms;
  "ai/extractive/units": typeof ai_extractive_units;
  "ai/extractive/writeReply": typeof ai_extractive_writeReply;
  "ai/joinTextEvents": typeof ai_joinTextEvents;
  "ai/modelFailure": typeof ai_modelFailure;
  "ai/models": typeof ai_models;
  "ai/nonce": typeof ai_nonce;
  "ai/notesPrompt": typeof ai_notesPrompt;
  "ai/pageFrame": typeof ai_pageFrame;
  "ai/prompt": typeof ai_prompt;
  "ai/providerFailure": typeof ai_providerFailure;
  "ai/reading/coverage": typeof ai_reading_coverage;
  "ai/reading/fairShares": typeof ai_reading_fairShares;
  "ai/reading/nearestPassages": typeof ai_reading_nearestPassages;
  "ai/reading/noteSizes": typeof ai_reading_noteSizes;
  "ai/reading/outlineOf": typeof ai_reading_outlineOf;
  "ai/reading/packPasses": typeof ai_reading_packPasses;
  "ai/reading/passCoverage": typeof ai_reading_passCoverage;
  "ai/reading/planReading": typeof ai_reading_planReading;
  "ai/reading/rankPassages": typeof ai_reading_rankPassages;
  "ai/reading/readablePage": typeof ai_reading_readablePage;
  "ai/reading/sectionsOf": typeof ai_reading_sectionsOf;
  "ai/scrub": typeof ai_scrub;
  "ai/servedShare": typeof ai_servedShare;
  "ai/stallWatch": typeof ai_stallWatch;
  "ai/streamAnswer": typeof ai_streamAnswer;
  "ai/streamOnce": typeof ai_streamOnce;
  "ai/takeNote": typeof ai_takeNote;
  "ai/usageOf": typeof ai_usageOf;
  "ai/watchedFetch": typeof ai_watchedFetch;
  chunks: typeof chunks;
  citations: typeof citations;
  conversations: typeof conversations;
  functions: typeof functions;
  generation: typeof generation;
  generations: typeof generations;
  http: typeof http;
  "local/localToken": typeof local_localToken;
  "local/sameSecret": typeof local_sameSecret;
  "local/tradeSecret": typeof local_tradeSecret;
  messages: typeof messages;
  "model/answerInput": typeof model_answerInput;
  "model/chosenModel": typeof model_chosenModel;
  "model/chunks": typeof model_chunks;
  "model/citations": typeof model_citations;
  "model/conversations": typeof model_conversations;
  "model/failure": typeof model_failure;
  "model/finish": typeof model_finish;
  "model/generations": typeof model_generations;
  "model/heads": typeof model_heads;
  "model/jobs": typeof model_jobs;
  "model/keptPages": typeof model_keptPages;
  "model/leases": typeof model_leases;
  "model/lifecycle": typeof model_lifecycle;
  "model/limits": typeof model_limits;
  "model/locateQuotes": typeof model_locateQuotes;
  "model/ownership": typeof model_ownership;
  "model/pages": typeof model_pages;
  "model/parts": typeof model_parts;
  "model/passNotes": typeof model_passNotes;
  "model/passages": typeof model_passages;
  "model/previewLine": typeof model_previewLine;
  "model/purge": typeof model_purge;
  "model/question": typeof model_question;
  "model/quote": typeof model_quote;
  "model/quoteCheck": typeof model_quoteCheck;
  "model/rateLimit": typeof model_rateLimit;
  "model/replies": typeof model_replies;
  "model/send": typeof model_send;
  "model/sent": typeof model_sent;
  "model/snapshotRemoval": typeof model_snapshotRemoval;
  "model/snapshots": typeof model_snapshots;
  "model/splitPassages": typeof model_splitPassages;
  "model/tokens": typeof model_tokens;
  "model/usage": typeof model_usage;
  "model/users": typeof model_users;
  "model/waiting": typeof model_waiting;
  "model/watchdog": typeof model_watchdog;
  models: typeof models;
  pairing: typeof pairing;
  passNotes: typeof passNotes;
  passages: typeof passages;
  "run/checkQuotes": typeof run_checkQuotes;
  "run/chunkWriter": typeof run_chunkWriter;
  "run/clock": typeof run_clock;
  "run/heartbeat": typeof run_heartbeat;
  "run/passReading": typeof run_passReading;
  "run/runAttempt": typeof run_runAttempt;
  "run/searchPassages": typeof run_searchPassages;
  snapshots: typeof snapshots;
  validators: typeof validators;
}>;
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;

export declare const components: {
  rateLimiter: import("@convex-dev/rate-limiter/_generated/component.js").ComponentApi<"rateLimiter">;
};

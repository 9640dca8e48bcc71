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
import type * as chunks from "../chunks.js";
import type * as conversations from "../conversations.js";
import type * as functions from "../functions.js";
import type * as messages from "../messages.js";
import type * as model_chunks from "../model/chunks.js";
import type * as model_conversations from "../model/conversations.js";
import type * as model_failure from "../model/failure.js";
import type * as model_heads from "../model/heads.js";
import type * as model_offer from "../model/offer.js";
import type * as model_parts from "../model/parts.js";
import type * as model_replies from "../model/replies.js";
import type * as model_send from "../model/send.js";
import type * as model_snapshots from "../model/snapshots.js";
import type * as model_users from "../model/users.js";
import type * as models from "../models.js";
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
  chunks: typeof chunks;
  conversations: typeof conversations;
  functions: typeof functions;
  messages: typeof messages;
  "model/chunks": typeof model_chunks;
  "model/conversations": typeof model_conversations;
  "model/failure": typeof model_failure;
  "model/heads": typeof model_heads;
  "model/offer": typeof model_offer;
  "model/parts": typeof model_parts;
  "model/replies": typeof model_replies;
  "model/send": typeof model_send;
  "model/snapshots": typeof model_snapshots;
  "model/users": typeof model_users;
  models: typeof models;
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

/**
 * The shapes of Bot API 10.1, made by `scripts/botApiSpec.js` from its description; do not change it by hand. One word a
 * field: its name, `?` where it may be missing, its type; `[]` for lists, `|` between alternatives. Behind the arrow
 * stands what a method answers.
 */

/** All there are, also those that the double does not carry out. */
export const ALL_METHODS: readonly string[] =
  'addStickerToSet answerCallbackQuery answerChatJoinRequestQuery answerGuestQuery answerInlineQuery answerPreCheckoutQuery answerShippingQuery answerWebAppQuery approveChatJoinRequest approveSuggestedPost banChatMember banChatSenderChat close closeForumTopic closeGeneralForumTopic convertGiftToStars copyMessage copyMessages createChatInviteLink createChatSubscriptionInviteLink createForumTopic createInvoiceLink createNewStickerSet declineChatJoinRequest declineSuggestedPost deleteAllMessageReactions deleteBusinessMessages deleteChatPhoto deleteChatStickerSet deleteForumTopic deleteMessage deleteMessageReaction deleteMessages deleteMyCommands deleteStickerFromSet deleteStickerSet deleteStory deleteWebhook editChatInviteLink editChatSubscriptionInviteLink editForumTopic editGeneralForumTopic editMessageCaption editMessageChecklist editMessageLiveLocation editMessageMedia editMessageReplyMarkup editMessageText editStory editUserStarSubscription exportChatInviteLink forwardMessage forwardMessages getAvailableGifts getBusinessAccountGifts getBusinessAccountStarBalance getBusinessConnection getChat getChatAdministrators getChatGifts getChatMember getChatMemberCount getChatMenuButton getCustomEmojiStickers getFile getForumTopicIconStickers getGameHighScores getManagedBotAccessSettings getManagedBotToken getMe getMyCommands getMyDefaultAdministratorRights getMyDescription getMyName getMyShortDescription getMyStarBalance getStarTransactions getStickerSet getUpdates getUserChatBoosts getUserGifts getUserPersonalChatMessages getUserProfileAudios getUserProfilePhotos getWebhookInfo giftPremiumSubscription hideGeneralForumTopic leaveChat logOut pinChatMessage postStory promoteChatMember readBusinessMessage refundStarPayment removeBusinessAccountProfilePhoto removeChatVerification removeMyProfilePhoto removeUserVerification reopenForumTopic reopenGeneralForumTopic replaceManagedBotToken replaceStickerInSet repostStory restrictChatMember revokeChatInviteLink savePreparedInlineMessage savePreparedKeyboardButton sendAnimation sendAudio sendChatAction sendChatJoinRequestWebApp sendChecklist sendContact sendDice sendDocument sendGame sendGift sendInvoice sendLivePhoto sendLocation sendMediaGroup sendMessage sendMessageDraft sendPaidMedia sendPhoto sendPoll sendRichMessage sendRichMessageDraft sendSticker sendVenue sendVideo sendVideoNote sendVoice setBusinessAccountBio setBusinessAccountGiftSettings setBusinessAccountName setBusinessAccountProfilePhoto setBusinessAccountUsername setChatAdministratorCustomTitle setChatDescription setChatMemberTag setChatMenuButton setChatPermissions setChatPhoto setChatStickerSet setChatTitle setCustomEmojiStickerSetThumbnail setGameScore setManagedBotAccessSettings setMessageReaction setMyCommands setMyDefaultAdministratorRights setMyDescription setMyName setMyProfilePhoto setMyShortDescription setPassportDataErrors setStickerEmojiList setStickerKeywords setStickerMaskPosition setStickerPositionInSet setStickerSetThumbnail setStickerSetTitle setUserEmojiStatus setWebhook stopMessageLiveLocation stopPoll transferBusinessAccountStars transferGift unbanChatMember unbanChatSenderChat unhideGeneralForumTopic unpinAllChatMessages unpinAllForumTopicMessages unpinAllGeneralForumTopicMessages unpinChatMessage upgradeGift uploadStickerFile verifyChat verifyUser'.split(
    ' ',
  );

export const METHOD_SHAPES: Readonly<Record<string, string>> = {
  answerCallbackQuery:
    'callback_query_id:String text?:String show_alert?:Boolean url?:String cache_time?:Integer -> Boolean',
  answerInlineQuery:
    'inline_query_id:String results:InlineQueryResult[] cache_time?:Integer is_personal?:Boolean next_offset?:String button?:InlineQueryResultsButton -> Boolean',
  close: '-> Boolean',
  copyMessage:
    'chat_id:Integer|String message_thread_id?:Integer direct_messages_topic_id?:Integer from_chat_id:Integer|String message_id:Integer video_start_timestamp?:Integer caption?:String parse_mode?:String caption_entities?:MessageEntity[] show_caption_above_media?:Boolean disable_notification?:Boolean protect_content?:Boolean allow_paid_broadcast?:Boolean message_effect_id?:String suggested_post_parameters?:SuggestedPostParameters reply_parameters?:ReplyParameters reply_markup?:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply -> MessageId',
  deleteMessage: 'chat_id:Integer|String message_id:Integer -> Boolean',
  deleteMessages: 'chat_id:Integer|String message_ids:Integer[] -> Boolean',
  deleteMyCommands: 'scope?:BotCommandScope language_code?:String -> Boolean',
  deleteWebhook: 'drop_pending_updates?:Boolean -> Boolean',
  editMessageReplyMarkup:
    'business_connection_id?:String chat_id?:Integer|String message_id?:Integer inline_message_id?:String reply_markup?:InlineKeyboardMarkup -> Message|Boolean',
  editMessageText:
    'business_connection_id?:String chat_id?:Integer|String message_id?:Integer inline_message_id?:String text?:String parse_mode?:String entities?:MessageEntity[] link_preview_options?:LinkPreviewOptions rich_message?:InputRichMessage reply_markup?:InlineKeyboardMarkup -> Message|Boolean',
  getChat: 'chat_id:Integer|String -> ChatFullInfo',
  getChatAdministrators: 'chat_id:Integer|String return_bots?:Boolean -> ChatMember[]',
  getChatMember: 'chat_id:Integer|String user_id:Integer -> ChatMember',
  getChatMemberCount: 'chat_id:Integer|String -> Integer',
  getMe: '-> User',
  getMyCommands: 'scope?:BotCommandScope language_code?:String -> BotCommand[]',
  getMyDescription: 'language_code?:String -> BotDescription',
  getMyName: 'language_code?:String -> BotName',
  getMyShortDescription: 'language_code?:String -> BotShortDescription',
  getUpdates: 'offset?:Integer limit?:Integer timeout?:Integer allowed_updates?:String[] -> Update[]',
  getWebhookInfo: '-> WebhookInfo',
  leaveChat: 'chat_id:Integer|String -> Boolean',
  logOut: '-> Boolean',
  sendChatAction:
    'business_connection_id?:String chat_id:Integer|String message_thread_id?:Integer action:String -> Boolean',
  sendMessage:
    'business_connection_id?:String chat_id:Integer|String message_thread_id?:Integer direct_messages_topic_id?:Integer text:String parse_mode?:String entities?:MessageEntity[] link_preview_options?:LinkPreviewOptions disable_notification?:Boolean protect_content?:Boolean allow_paid_broadcast?:Boolean message_effect_id?:String suggested_post_parameters?:SuggestedPostParameters reply_parameters?:ReplyParameters reply_markup?:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply -> Message',
  setMyCommands: 'commands:BotCommand[] scope?:BotCommandScope language_code?:String -> Boolean',
  setMyDescription: 'description?:String language_code?:String -> Boolean',
  setMyName: 'name?:String language_code?:String -> Boolean',
  setMyShortDescription: 'short_description?:String language_code?:String -> Boolean',
  setWebhook:
    'url:String certificate?:InputFile ip_address?:String max_connections?:Integer allowed_updates?:String[] drop_pending_updates?:Boolean secret_token?:String -> Boolean',
};

export const OBJECT_SHAPES: Readonly<Record<string, string>> = {
  AcceptedGiftTypes:
    'unlimited_gifts:Boolean limited_gifts:Boolean unique_gifts:Boolean premium_subscription:Boolean gifts_from_channels:Boolean',
  BotCommand: 'command:String description:String',
  BotCommandScope: 'type:String chat_id?:Integer|String user_id?:Integer',
  BotDescription: 'description:String',
  BotName: 'name:String',
  BotShortDescription: 'short_description:String',
  CallbackQuery:
    'id:String from:User message?:MaybeInaccessibleMessage inline_message_id?:String chat_instance:String data?:String game_short_name?:String',
  Chat: 'id:Integer type:String title?:String username?:String first_name?:String last_name?:String is_forum?:Boolean is_direct_messages?:Boolean',
  ChatFullInfo:
    'id:Integer type:String title?:String username?:String first_name?:String last_name?:String is_forum?:Boolean is_direct_messages?:Boolean accent_color_id:Integer max_reaction_count:Integer photo?:ChatPhoto active_usernames?:String[] birthdate?:Birthdate business_intro?:BusinessIntro business_location?:BusinessLocation business_opening_hours?:BusinessOpeningHours personal_chat?:Chat parent_chat?:Chat available_reactions?:ReactionType[] background_custom_emoji_id?:String profile_accent_color_id?:Integer profile_background_custom_emoji_id?:String emoji_status_custom_emoji_id?:String emoji_status_expiration_date?:Integer bio?:String has_private_forwards?:Boolean has_restricted_voice_and_video_messages?:Boolean join_to_send_messages?:Boolean join_by_request?:Boolean description?:String invite_link?:String pinned_message?:Message permissions?:ChatPermissions accepted_gift_types:AcceptedGiftTypes can_send_paid_media?:Boolean slow_mode_delay?:Integer unrestrict_boost_count?:Integer message_auto_delete_time?:Integer has_aggressive_anti_spam_enabled?:Boolean has_hidden_members?:Boolean has_protected_content?:Boolean has_visible_history?:Boolean sticker_set_name?:String can_set_sticker_set?:Boolean custom_emoji_sticker_set_name?:String linked_chat_id?:Integer location?:ChatLocation rating?:UserRating first_profile_audio?:Audio unique_gift_colors?:UniqueGiftColors paid_message_star_count?:Integer guard_bot?:User',
  ChatMember:
    'status:String user:User is_anonymous?:Boolean custom_title?:String can_be_edited?:Boolean can_manage_chat?:Boolean can_delete_messages?:Boolean can_manage_video_chats?:Boolean can_restrict_members?:Boolean can_promote_members?:Boolean can_change_info?:Boolean can_invite_users?:Boolean can_post_stories?:Boolean can_edit_stories?:Boolean can_delete_stories?:Boolean can_post_messages?:Boolean can_edit_messages?:Boolean can_pin_messages?:Boolean can_manage_topics?:Boolean can_manage_direct_messages?:Boolean can_manage_tags?:Boolean tag?:String until_date?:Integer is_member?:Boolean can_send_messages?:Boolean can_send_audios?:Boolean can_send_documents?:Boolean can_send_photos?:Boolean can_send_videos?:Boolean can_send_video_notes?:Boolean can_send_voice_notes?:Boolean can_send_polls?:Boolean can_send_other_messages?:Boolean can_add_web_page_previews?:Boolean can_react_to_messages?:Boolean can_edit_tag?:Boolean',
  ChatMemberUpdated:
    'chat:Chat from:User date:Integer old_chat_member:ChatMember new_chat_member:ChatMember invite_link?:ChatInviteLink via_join_request?:Boolean via_chat_folder_invite_link?:Boolean',
  ChatPermissions:
    'can_send_messages?:Boolean can_send_audios?:Boolean can_send_documents?:Boolean can_send_photos?:Boolean can_send_videos?:Boolean can_send_video_notes?:Boolean can_send_voice_notes?:Boolean can_send_polls?:Boolean can_send_other_messages?:Boolean can_add_web_page_previews?:Boolean can_react_to_messages?:Boolean can_edit_tag?:Boolean can_change_info?:Boolean can_invite_users?:Boolean can_pin_messages?:Boolean can_manage_topics?:Boolean',
  ChosenInlineResult: 'result_id:String from:User location?:Location inline_message_id?:String query:String',
  CopyTextButton: 'text:String',
  ForceReply: 'force_reply:Boolean input_field_placeholder?:String selective?:Boolean',
  ForumTopicClosed: '',
  ForumTopicCreated: 'name:String icon_color:Integer icon_custom_emoji_id?:String is_name_implicit?:Boolean',
  ForumTopicReopened: '',
  InaccessibleMessage: 'chat:Chat message_id:Integer date:Integer',
  InlineKeyboardButton:
    'text:String icon_custom_emoji_id?:String style?:String url?:String callback_data?:String web_app?:WebAppInfo login_url?:LoginUrl switch_inline_query?:String switch_inline_query_current_chat?:String switch_inline_query_chosen_chat?:SwitchInlineQueryChosenChat copy_text?:CopyTextButton callback_game?:CallbackGame pay?:Boolean',
  InlineKeyboardMarkup: 'inline_keyboard:InlineKeyboardButton[][]',
  InlineQuery: 'id:String from:User query:String offset:String chat_type?:String location?:Location',
  InlineQueryResultArticle:
    'type:String id:String title:String input_message_content:InputMessageContent reply_markup?:InlineKeyboardMarkup url?:String description?:String thumbnail_url?:String thumbnail_width?:Integer thumbnail_height?:Integer',
  InlineQueryResultsButton: 'text:String web_app?:WebAppInfo start_parameter?:String',
  InputTextMessageContent:
    'message_text:String parse_mode?:String entities?:MessageEntity[] link_preview_options?:LinkPreviewOptions',
  LinkPreviewOptions:
    'is_disabled?:Boolean url?:String prefer_small_media?:Boolean prefer_large_media?:Boolean show_above_text?:Boolean',
  LoginUrl: 'url:String forward_text?:String bot_username?:String request_write_access?:Boolean',
  Message:
    'message_id:Integer message_thread_id?:Integer direct_messages_topic?:DirectMessagesTopic from?:User sender_chat?:Chat sender_boost_count?:Integer sender_business_bot?:User sender_tag?:String date:Integer guest_query_id?:String business_connection_id?:String chat:Chat forward_origin?:MessageOrigin is_topic_message?:Boolean is_automatic_forward?:Boolean reply_to_message?:Message external_reply?:ExternalReplyInfo quote?:TextQuote reply_to_story?:Story reply_to_checklist_task_id?:Integer reply_to_poll_option_id?:String via_bot?:User guest_bot_caller_user?:User guest_bot_caller_chat?:Chat edit_date?:Integer has_protected_content?:Boolean is_from_offline?:Boolean is_paid_post?:Boolean media_group_id?:String author_signature?:String paid_star_count?:Integer text?:String entities?:MessageEntity[] link_preview_options?:LinkPreviewOptions suggested_post_info?:SuggestedPostInfo effect_id?:String rich_message?:RichMessage animation?:Animation audio?:Audio document?:Document live_photo?:LivePhoto paid_media?:PaidMediaInfo photo?:PhotoSize[] sticker?:Sticker story?:Story video?:Video video_note?:VideoNote voice?:Voice caption?:String caption_entities?:MessageEntity[] show_caption_above_media?:Boolean has_media_spoiler?:Boolean checklist?:Checklist contact?:Contact dice?:Dice game?:Game poll?:Poll venue?:Venue location?:Location new_chat_members?:User[] left_chat_member?:User chat_owner_left?:ChatOwnerLeft chat_owner_changed?:ChatOwnerChanged new_chat_title?:String new_chat_photo?:PhotoSize[] delete_chat_photo?:Boolean group_chat_created?:Boolean supergroup_chat_created?:Boolean channel_chat_created?:Boolean message_auto_delete_timer_changed?:MessageAutoDeleteTimerChanged migrate_to_chat_id?:Integer migrate_from_chat_id?:Integer pinned_message?:MaybeInaccessibleMessage invoice?:Invoice successful_payment?:SuccessfulPayment refunded_payment?:RefundedPayment users_shared?:UsersShared chat_shared?:ChatShared gift?:GiftInfo unique_gift?:UniqueGiftInfo gift_upgrade_sent?:GiftInfo connected_website?:String write_access_allowed?:WriteAccessAllowed passport_data?:PassportData proximity_alert_triggered?:ProximityAlertTriggered boost_added?:ChatBoostAdded chat_background_set?:ChatBackground checklist_tasks_done?:ChecklistTasksDone checklist_tasks_added?:ChecklistTasksAdded direct_message_price_changed?:DirectMessagePriceChanged forum_topic_created?:ForumTopicCreated forum_topic_edited?:ForumTopicEdited forum_topic_closed?:ForumTopicClosed forum_topic_reopened?:ForumTopicReopened general_forum_topic_hidden?:GeneralForumTopicHidden general_forum_topic_unhidden?:GeneralForumTopicUnhidden giveaway_created?:GiveawayCreated giveaway?:Giveaway giveaway_winners?:GiveawayWinners giveaway_completed?:GiveawayCompleted managed_bot_created?:ManagedBotCreated paid_message_price_changed?:PaidMessagePriceChanged poll_option_added?:PollOptionAdded poll_option_deleted?:PollOptionDeleted suggested_post_approved?:SuggestedPostApproved suggested_post_approval_failed?:SuggestedPostApprovalFailed suggested_post_declined?:SuggestedPostDeclined suggested_post_paid?:SuggestedPostPaid suggested_post_refunded?:SuggestedPostRefunded video_chat_scheduled?:VideoChatScheduled video_chat_started?:VideoChatStarted video_chat_ended?:VideoChatEnded video_chat_participants_invited?:VideoChatParticipantsInvited web_app_data?:WebAppData reply_markup?:InlineKeyboardMarkup',
  MessageEntity:
    'type:String offset:Integer length:Integer url?:String user?:User language?:String custom_emoji_id?:String unix_time?:Integer date_time_format?:String',
  MessageId: 'message_id:Integer',
  ReplyKeyboardMarkup:
    'keyboard:KeyboardButton[][] is_persistent?:Boolean resize_keyboard?:Boolean one_time_keyboard?:Boolean input_field_placeholder?:String selective?:Boolean',
  ReplyKeyboardRemove: 'remove_keyboard:Boolean selective?:Boolean',
  ReplyParameters:
    'message_id:Integer chat_id?:Integer|String allow_sending_without_reply?:Boolean quote?:String quote_parse_mode?:String quote_entities?:MessageEntity[] quote_position?:Integer checklist_task_id?:Integer poll_option_id?:String',
  SwitchInlineQueryChosenChat:
    'query?:String allow_user_chats?:Boolean allow_bot_chats?:Boolean allow_group_chats?:Boolean allow_channel_chats?:Boolean',
  Update:
    'update_id:Integer message?:Message edited_message?:Message channel_post?:Message edited_channel_post?:Message business_connection?:BusinessConnection business_message?:Message edited_business_message?:Message deleted_business_messages?:BusinessMessagesDeleted guest_message?:Message message_reaction?:MessageReactionUpdated message_reaction_count?:MessageReactionCountUpdated inline_query?:InlineQuery chosen_inline_result?:ChosenInlineResult callback_query?:CallbackQuery shipping_query?:ShippingQuery pre_checkout_query?:PreCheckoutQuery purchased_paid_media?:PaidMediaPurchased poll?:Poll poll_answer?:PollAnswer my_chat_member?:ChatMemberUpdated chat_member?:ChatMemberUpdated chat_join_request?:ChatJoinRequest chat_boost?:ChatBoostUpdated removed_chat_boost?:ChatBoostRemoved managed_bot?:ManagedBotUpdated',
  User: 'id:Integer is_bot:Boolean first_name:String last_name?:String username?:String language_code?:String is_premium?:Boolean added_to_attachment_menu?:Boolean can_join_groups?:Boolean can_read_all_group_messages?:Boolean supports_guest_queries?:Boolean supports_inline_queries?:Boolean can_connect_to_business?:Boolean has_main_web_app?:Boolean has_topics_enabled?:Boolean allows_users_to_create_topics?:Boolean can_manage_bots?:Boolean supports_join_request_queries?:Boolean',
  WebAppInfo: 'url:String',
  WebhookInfo:
    'url:String has_custom_certificate:Boolean pending_update_count:Integer ip_address?:String last_error_date?:Integer last_error_message?:String last_synchronization_error_date?:Integer max_connections?:Integer allowed_updates?:String[]',
};

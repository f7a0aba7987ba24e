# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words by which programs are known, in English and Russian, and some others."""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


PROGRAM_ADDRESS = _any(
    r"(?:^|[<\s])mailer[-_.]?daemon(?:[@>]|$)",
    r"(?:^|[<\s])(?:post[-_]?master|mail[-_.]?daemon|mdaemon|maildelivery)[^@]{0,30}@",
    r"(?:^|[<\s])(?:ndr|bounces?|mail-?system)@",
    r"(?:^|[<\s])(?:mail[-_.]?delivery[-_.\w]{0,40}|microsoftexchange\w{0,60})@",
)
"""The addresses under which mail programs write."""

PROGRAM_NAME = _any(
    r"mail\s?(?:er)?[\s-]?(?:delivery|daemon|administrator)",
    r"mail deliver(?:y)? (?:sub)?system",
    r"delivery sub-?system",
    r"\bpost-?master\b",
    r"служба доставки",
    r"почтов\w{1,20} (?:служба|система|сервер|робот)",
)
"""The names under which mail programs write."""

FORWARDED = _any(r"\s*(?:fwd?|пересл|пер|переслано|wg|tr|rv|i|enc)\s*(?:\[\d+\])?\s*:")
"""A person sends on what he got."""

REPORT_SUBJECT = _any(
    r"undeliver(?:able|ed)",
    r"returned (?:mail|to sender|message|email)",
    r"return(?:ing|ed)? (?:message |mail )?to sender",
    r"delivery[\s-](?:status|failure|failed|report|problem|notification|has failed"
    r"|error"
    r"|delayed|unsuccessful|subsystem|incomplete|warning)",
    r"failure (?:notice|delivery|notification)",
    r"fail(?:ed|ure)[: ](?:mail|message|to deliver)",
    r"mail (?:delivery|system error|failed|error|could not|not delivered)",
    r"(?:message|e-?mail) (?:delivery|delayed|not delivered|could not be|undeliver)",
    r"delayed mail|delivery delay|message delayed",
    r"non[- ]?(?:delivery|remis)",
    r"could(?: not|n't) (?:be delivered|send|deliver)",
    r"warning: (?:could not send|message|e?-?mail)",
    r"user unknown|processing error|rejected mail|mail rejected",
    r"message (?:blocked|rejected)|(?:blocked|rejected) message",
    r"недоставлен|не (?:было |может быть )?доставлен(?:о|ы)?\b",
    r"(?:ошибка|сбой|проблема|невозможность|задержка|отчет|отчёт)\w{0,20} (?:при "
    r")?доставк",
    r"(?:письмо|сообщение) (?:не (?:может|доставл|отправл|удалось)|возвращ|вернулось"
    r"|задержано)",
    r"unzustellbar|nicht zugestellt|fehlgeschlagen|remettre|non distribu|no entregado",
    r"mancata consegna|onbestelbaar|não entregue|не доставлено|не доставлений",
)
"""The subjects of reports. Others write such words too: the sender counts too."""

UNDELIVERED = _any(
    r"(?:could|can)\s?(?:not|n.t) (?:be |send |deliver)",
    r"(?:un|not |wasn't |was not )able to (?:deliver|send|accept|relay|complete)",
    r"(?:not|never) (?:be(?:en)? |have been )?(?:successfully )?delivered",
    r"did ?(?:not|n't) (?:receive|reach|arrive)",
    r"(?:not|n't) reach (?:some|the|following)",
    r"undeliver(?:able|ed)",
    r"deliver[ey]\w{0,20} (?:(?:of|to|for) .{1,200} )?(?:has |was |have )?(?:failed"
    r"|failure|abort)",
    r"non-?delivery report",
    r"delivery failed|fatal delivery|fatal errors?\b|permanent (?:error|fatal|failure)",
    r"(?:mail|message|delivery) .{0,60}(?:failed|rejected|was refused|returned)",
    r"(?:no such|unknown|invalid|nonexistent|unrecognized) (?:user|recipient|mailbox"
    r"|local|address|final|account)",
    r"(?:user|recipient|mailbox|account|address) (?:is |was )?(?:unknown|not found|full"
    r"|unavailable|disabled|over ?quota|invalid|no longer)",
    r"no (?:such user|mailbox here|valid recipients)",
    r"(?:mailbox|mailfolder) is full|quota (?:exceeded|violation)|over ?quota",
    r"(?:failed|intended|undeliverable) (?:recipient|address)",
    r"error (?:was detected|has occurred|description|while)|encountered an error",
    r"delivery problems?|errors? occurred|returned an error",
    r"may not exist, or you may not have permission",
    r"rejected by|has been blocked|relay(?:ing)? (?:access )?denied",
    r"address .{0,80}did not .{0,20}match",
    r"(?:не|невозможно|не удалось|не удается|не удаётся)\s(?:\w{1,20}\s){0,3}доставл?",
    r"не (?:была?|было|были) (?:доставлен|принят|получен)",
    r"(?:письмо|сообщение) .{0,60}(?:отклонен|отвергнут|возвращ|не принят)",
    r"(?:адрес|пользовател|ящик|получател)\w{0,20} .{0,60}(?:не существует|не найден"
    r"|перепол"
    r"|заблокирован|отключ|недоступ|неизвестен)",
    r"ящик переполнен|нет такого (?:пользователя|адреса|ящика)|несуществующ",
    r"konnte nicht|nicht zugestellt|n'a pas pu|no pudo ser|nao pode"
    r"|non è stato possibile",
    r"kunde inte|kon niet|nie można|не вдалося|无法|失败",
)
"""A letter was not delivered."""

OF_MAIL = _any(
    r"\b(?:e-?mails?|messages?|mailbox|recipients?|delivery userid|undeliverable"
    r"|rcpt)\b",
    r"\b(?:письм|сообщени|получател)",
)
"""It is about mail, and not about a parcel."""

DELAYED = _any(
    r"\bdelayed\b(?! bounce)|delivery status notification \(delay",
    r"not (?:yet|been|yet been) (?:yet )?(?:be(?:en)? )?delivered .{0,60}after",
    r"not yet (?:been )?(?:be )?(?:delivered|received|reached)",
    r"(?:still|will) (?:being |be |continue |keep |remain )?(?:retr|trying|awaiting"
    r"|attempting|to try|to attempt|attempt to (?:re)?deliver)",
    r"(?:warning|advisory|notification)(?: message|-only)? only|advisory-only",
    r"(?:not|no) need to resend|do not need to (?:resend|take)|postponed",
    r"delivery attempts will (?:continue|be made)",
    r"attempts will continue|warning: (?:could not send|message still)",
    r"(?:будут|будет|продолж\w{1,20}) (?:продолж\w{1,20}|повтор\w{1,20}"
    r"|предприним\w{1,20}|попытк\w{1,20}|пытаться)",
    r"(?:доставка|письмо|сообщение) .{0,60}(?:задерж|отложен|отсроч)",
    r"задержк\w{1,20} (?:при |в )?доставк|(?:пока|до сих пор|ещ[её]) не (?:удалось "
    r")?доставл",
    r"verzögert|différée|retrasad|повторн\w{1,20} попытк",
)
"""A letter is late, and is tried again."""

GAVE_UP = _any(
    r"(?:i've |i have |have |has )(?:now )?given up",
    r"not going to try again|will not (?:be )?(?:retr|try)|giving up",
    r"(?:has been |was )removed from the (?:mail )?queue|permanent(?:ly)? (?:fail"
    r"|fatal)",
    r"permanent (?:error|failure)|failed permanently|too long",
    r"доставка прекращена|больше не будет|попытки прекращены|окончательн",
)
"""It is not tried again."""

DELIVERED = _any(
    r"(?:successfully|was|has been|have been) (?:delivered|relayed)",
    r"успешно доставлен|(?:было|был|была) доставлен|доставлено получател",
)
"""It arrived."""

ORIGINAL_BEGINS = _any(
    r"^\W{2,}.{0,60}\b(?:copy of|original|returned|unsent|undelivered message"
    r"|source mail"
    r"|message (?:header|text|body|follows)|оригинал|исходно|копия)\b",
    r"\b(?:original|copy|headers?|unsent|source|lines) .{0,80}"
    r"(?:follows?|following|below|attached|this line|including|removed)\W{0,40}$",
    r"^\W{0,40}(?:the )?original (?:message|mail|letter)(?: \w{1,20}){0,3}\W{0,40}$",
    r"^\W{0,40}(?:message|original) (?:message )?headers?.{0,20}:\s*$",
    r"^.{0,60}(?:копия|заголовки|текст) (?:исходного |вашего "
    r"|оригинал\w{1,20} )?(?:письма"
    r"|сообщения).{0,40}$",
    r"^\W{0,40}(?:исходное|оригинальное|ваше) (?:письмо|сообщение)\W{0,40}$",
    r"^>?\s*(?:received: (?:from|by|\()|return-path: )",
    r"^\W{0,40}(?:here is|below is|included is) a copy",
    r"your message reads|summary of the undelivered message",
)
"""Below that line stands the letter that came back."""

NAMED_HERE = _any(
    r"^[\s>*|#-]{0,40}[\"'<\[(]*[^\s@<]{1,64}@\S{1,80}",
    r"(?:recipient|addressed|address|mailbox|account|unknown|undeliverable|deliverable"
    r"|deliver(?:ed|y)?|(?:local|for) user|rcpt|error-for|violation|attempts|reach"
    r"|expanded|generated"
    r"|failed|send(?:ing)?|received?|e-?mail|message) ?.{0,120}@",
    r"(?:получател|адрес|пользовател|ящик|доставл|доставить|письмо|сообщение).{0,120}@",
)
"""The line names a recipient."""

HELP = _any(
    r"please (?:contact|reply|send|forward|write|e-?mail)",
    r"(?:further|more) (?:assistance|information|help)",
    r"(?:обратитесь|обращайтесь|свяжитесь|пишите|напишите|по вопросам)",
)
"""The line says who may help."""

NOT_A_RECIPIENT = _any(
    r"^\s*>?\s*(?:from|sender|message-id|received|return-path|reply-to|x-\S{1,80}|cc"
    r"|references"
    r"|in-reply-to|от|отправитель)\s*:",
    HELP.pattern,
    r"(?<!to )contact .{0,60}@|\bcontact:|support@|helpdesk@|abuse@",
    r"try (?:e-?mailing|sending)|such as|for example",
    r"\bid\b.{0,40}<",
)
"""The line names somebody else: who sent it, who may help."""

HEADER_TO = _any(r"^\s*>?\s*(?:to|кому)\s*:")
"""To whom the letter was, with others perhaps whom it did reach."""

READ_SUBJECT = _any(
    r"\s*(?:read|прочтено|прочитано|прочитано сообщение|read receipt|return receipt"
    r"|not read|не прочитано|gelesen|ungelesen|lu|leído|lido|letto|gelezen"
    r"|уведомление о прочтении|подтверждение прочтения|квитанция о прочтении)"
    r"(?: \((?:displayed|показано)\))?\s*(?:[:-]|$)",
)
"""The subjects of read receipts, before the subject of the letter."""

READ = _any(
    r"was (?:read|displayed|opened|deleted without being read) ",
    r"(?:return|read)[- ]receipt for the (?:mail|message|e-?mail)",
    r"has been (?:read|displayed|opened)|this is a (?:return|read) receipt",
    r"(?:было|был[ао]?) (?:прочитано|прочтено|открыто|просмотрено"
    r"|удалено без прочтения)",
    r"(?:уведомление|подтверждение|квитанция) о прочтении",
    r"(?:прочитано|прочтено|отображено|показано) .{0,80}\d",
    r"wurde (?:am .{0,40} )?gelesen|a été lu|fue leído",
)
"""The words of read receipts."""

AUTO_SUBJECT = _any(
    r"\s*(?:автоответ(?:чик)?|автоматический ответ|автоматическ\w{1,20} "
    r"уведомлени\w{1,20}"
    r"|автовідповідь|автоматична відповідь)\b",
    r"\s*(?:automatic (?:reply|response|answer)|auto(?:mated)?[\s-]?(?:reply|response"
    r"|responder|answer)|autosvar|automatisk svar|automatiskt svar"
    r"|automaattinen vastaus)",
    r"\s*(?:automatische antwort|automatisch antwoord|abwesenheits(?:notiz|benachricht"
    r"|assistent)|réponse automatique|respuesta automática|resposta automática"
    r"|risposta automatica|automatyczna odpowiedź|automatická odpověď|自动回复)",
    r"\s*\[?(?:out of (?:the )?office|ooo)\]?\s*(?:auto\w{0,20}|reply|message)?\s*:",
    r"\s*out of (?:the )?office (?:auto\w{0,20}|reply|message|notification|response)",
    r"\s*(?:vacation (?:reply|response|message|autoreply)|away from (?:my )?(?:mail"
    r"|e-?mail|office) ?:)",
)
"""What vacation programs put before the subject that they answer."""

AUTO_PREFIX = _any(r"\s*auto\s*:")
"""What Sieve puts there; a customer may begin with it too."""

ABSENT_SUBJECT = _any(
    r"\b(?:out of (?:the )?office|(?:on|annual) (?:vacation|holiday|leave)"
    r"|away until)\b",
    r"^\W{0,40}отпуск\W{0,40}(?:(?:с|до|по)\b.*)?(?:\d.*)?$",
    r"(?:\bв|из) (?:\w{1,20} )?отпуск[еа]\b|отсутств(?:ую|ие на|ие в)"
    r"|нет на (?:работе|месте)",
)
"""The subjects of those who are away, by a program or by hand."""

ABSENT = _any(
    r"\bI(?: am|'m|’m| will be|'ll be)? (?:currently |now |presently )?(?:out of "
    r"(?:the )?"
    r"office|on (?:\w{1,20} ){0,2}(?:vacation|holidays?|leave)|away from (?:the "
    r"|my )?(?:office"
    r"|desk|e-?mail)|away (?:until|from|till)|traveling|travelling)",
    r"\bout of (?:the )?office (?:until|from|till|between|with)",
    r"(?:limited|no) access to (?:my )?e-?mails?",
    r"(?:я |сейчас |временно )*нахожусь (?:в (?:\w{1,20} ){0,3}(?:отпуске"
    r"|командировке)|вне)",
    r"(?:я|мы) (?:сейчас |уже )?в (?:\w{1,20} ){0,2}(?:отпуске|командировке)\b",
    r"(?:буду|была?|есть|ушла?|ухожу) (?:в|из) (?:\w{1,20} ){0,3}(?:отпуск[еау]?"
    r"|командировк\w{1,20})",
    r"меня (?:не будет|нет) (?:на|в) (?:рабочем|работе|офисе|месте)",
    r"(?:буду )?отсутств(?:овать|ую|ует) (?:\w{1,20} ){0,3}(?:на|в|с|до|по)\b",
    r"ich bin (?:\w{1,20} ){0,4}(?:nicht im büro|abwesend|im urlaub)",
    r"je suis (?:\w{1,20} ){0,3}(?:absente?|en congés?)|estoy (?:\w{1,20} "
    r"){0,2}(?:fuera|de vacac)",
)
"""Somebody says that he is away."""

BY_ITSELF = _any(
    r"(?:this|it) is an? (?:auto(?:mat(?:ic|ed))?)[\w-]{0,20}(?: \w{1,20}){0,3} "
    r"(?:reply"
    r"|response|message|e-?mail|notification|answer)",
    r"auto(?:mated|matic|matically)?[\s-](?:generated |sent )?(?:reply|response)",
    r"do not (?:reply|respond) to this (?:automat\w{1,20} )?(?:e-?mail|message)",
    r"your (?:message|request|enquiry|inquiry|ticket|case) (?:\S{1,20} ){0,2}(?:has "
    r"been"
    r"|was|is) (?:now |successfully )?(?:registered|logged)",
    r"(?:это|данное|настоящее)\W{1,3}(?:\w{1,20} )?(?:автоматическ\w{1,20} (?:ответ"
    r"|письмо"
    r"|сообщен|уведомл)|(?:письмо|сообщение|уведомление) (?:\w{1,20} ){0,2}"
    r"(?:автоматически|роботом))",
    r"(?:сформирован|отправлен|создан)[оа]? автоматически|автоматический ответ",
    r"(?:ваш[еа]?|ваше) (?:обращение|запрос|заявка) (?:\S{1,20} ){0,3}зарегистрирован",
    r"не отвечайте на (?:это|данное)",
    r"отвечать на (?:него|это|данное) не (?:нужно|надо|следует)",
)
"""A program says that nobody wrote this."""

ACKNOWLEDGED = _any(
    r"(?:received|recieved) your (?:e-?mail|message|request|enquiry|inquiry|letter)",
    r"your (?:e-?mail|message|request|enquiry|inquiry|ticket) (?:has been|was"
    r"|is) (?:now )?"
    r"(?:received|accepted|being)",
    r"(?:ваш[еа]?|ваше) (?:письмо|сообщение|обращение|запрос|заявка|вопрос) "
    r"(?:\S{1,20} ){0,3}(?:получен|принят|доставлен|поступил)[оаы]?\b",
)
"""A letter has arrived: a program says so, and a person too."""

INSTEAD = _any(
    r"(?:urgent|emergency|immediate(?:ly)?|in my absence|meantime|meanwhile) ?.{0,120}"
    r"(?:contact|call|e-?mail|write|reach|@|\+\d)",
    r"(?:please |kindly )?contact (?:my |our )?\w{1,20} ?.{0,80}(?:@|\+\d|instead)",
    r"(?:reply|respond|answer|get back|return to you|back to you|read|check) .{0,80}"
    r"(?:return|when i|as soon as|after|upon|am back)",
    r"(?:limited|no|intermittent) access|(?:will|i'll) (?:be )?(?:back|return)",
    r"back (?:in the office |at work )?(?:on|in)\b|returning (?:on|to)",
    r"(?:срочн|неотложн|экстренн|оперативн)\w{1,20} .{0,120}(?:обращ|звон|пиш|связ"
    r"|контакт|@"
    r"|\+7|замеща)",
    r"(?:обращ(?:айтесь|аться)|пишите|звоните|свяжитесь|связаться) .{0,120}(?:@|\+7"
    r"|\b8[ (-]"
    r"|коллег|замест|телефон|почт)",
    r"(?:отвечу|свяжусь|прочитаю|прочту|ознакомлюсь) .{0,80}(?:возвращ|после|как только"
    r"|когда|по выход)",
    r"(?:вернусь|выйду|выхожу|возвращаюсь|приступлю)|замеща(?:ет|ть)|вместо меня",
    r"ограничен\w{0,20} доступ|доступ\w{0,20} к (?:почте|электронной) .{0,20}(?:нет"
    r"|огранич|не имею)",
)
"""What such letters go on with: whom to ask instead, when he is back."""

ASKS = _any(
    r"\?",
    r"\b(?:please|kindly|pls)\b (?!(?:contact|call|e-?mail|write|note|be (?:advised"
    r"|aware)"
    r"|reach|direct|forward|refer|do not|allow|feel|send (?:\w{1,20} ){0,3}to))",
    r"\b(?:can|could|would|will) you\b|\bi (?:want|need|would like|wish)\b|let me know",
    r"(?:пожалуйста|прошу|просьба|будьте добры)\W+(?!(?:обращ|звон|пиш|связ|в срочн"
    r"|по срочн"
    r"|адресу|направля|не отвеча|по всем|по вопрос|учт|имейте|при необходим|с вопрос))",
    r"\b(?:можете|могли бы|можно ли|сможете|хочу|хотел[аи]? бы|привезите|доставьте"
    r"|отправьте"
    r"|перезвоните|подскажите|сообщите|нужно|нужен|нужна|давайте|перенес\w{1,20}"
    r"|отмените)\b",
)
"""Somebody asks for something: a person, whatever else he says."""

SPAM_SUBJECT = _any(
    r"^\s*(?:[\[{(]\s*(?:\W{0,40}(?:possible |suspected |probable )?spam"
    r"|спам)\W{0,3}[\]})]"
    r"|\*{2,}\s*(?:possible |suspected )?(?:spam|спам)\W{0,3}\*{2,}|\[?(?:bulk|junk)\]"
    r"|(?:spam|спам)\s*[:>])",
)
"""What filters put before the subject."""

NO_REPLY = _any(
    r"^(?:\w{1,20}[-_.+])?(?:do-?not-?reply|no-?reply|donotreply|noreply"
    r"|ne-?otvech\w{1,20}|robot"
    r"|notifications?|notify|alerts?|mailer|automat\w{0,20}|wordpress|www-data|apache"
    r"|bitrix"
    r"|system|bot)(?:[-_.+]?[\w-]{0,20})@",
    r"[-_.](?:no-?reply|donotreply|notifications?|robot)(?:[-_.+]?\w{0,20})@",
)
"""The addresses of programs that write for somebody."""

CLIENT = _any(
    r"\b(?:thunderbird|apple mail|iphone mail|ipad mail|the bat|mutt|evolution|kmail"
    r"|microsoft (?:office )?outlook|outlook express|windows live mail"
    r"|microsoft-macoutlook|claws mail|yamail|yandex|mail\.ru mailer|roundcube"
    r"|squirrelmail|horde|rainloop"
    r"|zimbra|foxmail|samsung|k-9|bluemail|spark|airmail|em ?client|sylpheed|alpine"
    r"|gnus|protonmail|open-xchange|icedove|seamonkey|sogo|rambler)\b",
)
"""The mail programs of persons, by X-Mailer and User-Agent."""

CLIENT_ID = _any(
    r"@mail\.gmail\.com>|@\S{1,80}\.prod\.outlook\.com>|\.(?:mail"
    r"|my)\.yandex\.\w{1,20}>"
    r"|@(?:web|mobile|mail)[\w-]{0,20}\.\S*yandex\S*>|@f\d+\.(?:i|my)\.(?:mail\.ru"
    r"|com)>"
    r"|@mail\.yahoo\.com>|@(?:me|icloud)\.com>",
)
"""The mail programs of persons, by the Message-ID."""

UNSUBSCRIBE = _any(r"unsubscribe", r"отписаться", r"отказаться от (?:рассыл|подпис)")
"""A mailing says how to end it."""

CHALLENGED = _any(
    r"(?:confirm|verify) (?:that )?(?:you(?:r (?:message|e-?mail|address))?|you are)",
    r"(?:prove|verify) (?:that )?you are (?:a )?human|boxbe|spam ?arrest|challenge",
    r"подтвердите,? (?:что|ваш|отправк|адрес)",
)
"""A filter wants a person to confirm what he sent."""

"""Every answer of an access(5) table, at every stage."""
import re

from harness import Group, fakes

ACTIONS = """
ok                OK
relay             RELAY
digits            123
dunno             DUNNO
reject            REJECT
rejecttext        REJECT go away
rejectdsn         REJECT 5.7.99 go away
rejectdsn4        REJECT 4.7.99 wrong class
defer             DEFER
defertext         DEFER come back
deferdsn          DEFER 4.2.0 come back
dip               DEFER_IF_PERMIT
diptext           DEFER_IF_PERMIT 4.9.9 maybe later
dir               DEFER_IF_REJECT
dirtext           DEFER_IF_REJECT 4.9.8 maybe
discard           DISCARD
discardtext       DISCARD and quiet
hold              HOLD
holdtext          HOLD for looking
filter            FILTER smtp:[127.0.0.1]:2526
filternone        FILTER
filterbad         FILTER nocolon
redirect          REDIRECT carol@example.test
redirectbad       REDIRECT nowhere
bcc               BCC dave@example.test
bccbad            BCC nowhere
prepend           PREPEND X-Added: value here
prependnone       PREPEND
prependbad        PREPEND no header
warn              WARN
warntext          WARN odd thing
info              INFO
infotext          INFO just telling
n450              450
n450text          450 later please
n450dsn           450 4.5.6 later please
n421text          421 leave now
n521text          521 leave now
n554dsn4          554 4.1.1 odd class
n554dsn2          554 2.1.1 odd class
n550rcpt          550 5.1.1 no such person
n550snd           550 5.1.8 no such sender
n250text          250 fine
n300text          300 what
n999text          999 what
n45x              45x what
hangup            HANGUP
hanguptext        HANGUP bye
class             myclass
classtwo          myclass, permit
builtin           reject_unauth_destination, permit
builtinrej        reject
builtindef        defer
unknownword       florp
wir               warn_if_reject reject
lower             reject lower case
spaces            REJECT    many   spaces here
semis             REJECT semi; colon
pct               REJECT 100% sure %s
percent           550 5.7.1 $sender $client_name
quoted            REJECT "quoted"
debug             permit_mynetworks, reject
rut               reject_unknown_client_hostname
empty             {}
"""

# What is refused, and what is logged beside that.
ANSWERS = {
    "helo": [
        ("ok", "ok", ""),
        ("relay", "ok", ""),
        ("digits", "ok", ""),
        ("dunno", "ok", ""),
        ("reject", "RCPT 554 5.7.1 <reject.test>: Helo command rejected: Access denied", ""),
        ("rejecttext", "RCPT 554 5.7.1 <rejecttext.test>: Helo command rejected: go away", ""),
        ("rejectdsn", "RCPT 554 5.7.99 <rejectdsn.test>: Helo command rejected: go away", ""),
        ("rejectdsn4", "RCPT 554 5.7.99 <rejectdsn4.test>: Helo command rejected: wrong class", ""),
        ("defer", "RCPT 450 4.7.1 <defer.test>: Helo command rejected: Access denied", ""),
        ("defertext", "RCPT 450 4.7.1 <defertext.test>: Helo command rejected: come back", ""),
        ("deferdsn", "RCPT 450 4.2.0 <deferdsn.test>: Helo command rejected: come back", ""),
        ("dip", "RCPT 450 4.7.1 <dip.test>: Helo command rejected: Service unavailable", ""),
        ("diptext", "RCPT 450 4.9.9 <diptext.test>: Helo command rejected: maybe later", ""),
        ("dir", "ok", ""),
        ("dirtext", "ok", ""),
        ("discard", "ok", "discard: RCPT from localhost[127.0.0.1]: <discard.test>: Helo command triggers DISCARD action"),
        ("discardtext", "ok", "discard: RCPT from localhost[127.0.0.1]: <discardtext.test>: Helo command and quiet"),
        ("hold", "ok", "hold: RCPT from localhost[127.0.0.1]: <hold.test>: Helo command triggers HOLD action"),
        ("holdtext", "ok", "hold: RCPT from localhost[127.0.0.1]: <holdtext.test>: Helo command for looking"),
        ("filter", "ok", "filter: RCPT from localhost[127.0.0.1]: <filter.test>: Helo command triggers FILTER smtp:[127.0.0.1]:2526"),
        ("filternone", "ok", ""),
        ("filterbad", "ok", ""),
        ("redirect", "ok", "redirect: RCPT from localhost[127.0.0.1]: <redirect.test>: Helo command triggers REDIRECT carol@example.test"),
        ("redirectbad", "ok", ""),
        ("bcc", "ok", "bcc: RCPT from localhost[127.0.0.1]: <bcc.test>: Helo command triggers BCC dave@example.test"),
        ("bccbad", "ok", ""),
        ("prepend", "ok", ""),
        ("prependnone", "ok", ""),
        ("prependbad", "ok", ""),
        ("warn", "ok", "warn: RCPT from localhost[127.0.0.1]: "),
        ("warntext", "ok", "warn: RCPT from localhost[127.0.0.1]: odd thing"),
        ("info", "ok", "info: RCPT from localhost[127.0.0.1]: "),
        ("infotext", "ok", "info: RCPT from localhost[127.0.0.1]: just telling"),
        ("n450", "ok", ""),
        ("n450text", "RCPT 450 4.7.1 <n450text.test>: Helo command rejected: later please", ""),
        ("n450dsn", "RCPT 450 4.5.6 <n450dsn.test>: Helo command rejected: later please", ""),
        ("n421text", "RCPT 421 4.7.1 <n421text.test>: Helo command rejected: leave now", ""),
        ("n521text", "RCPT 521 5.7.1 <n521text.test>: Helo command rejected: leave now", ""),
        ("n554dsn4", "RCPT 554 5.0.0 <n554dsn4.test>: Helo command rejected: odd class", ""),
        ("n554dsn2", "RCPT 554 5.0.0 <n554dsn2.test>: Helo command rejected: odd class", ""),
        ("n550rcpt", "RCPT 550 5.0.0 <n550rcpt.test>: Helo command rejected: no such person", ""),
        ("n550snd", "RCPT 550 5.0.0 <n550snd.test>: Helo command rejected: no such sender", ""),
        ("n250text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n300text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n999text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n45x", "RCPT 451 4.3.5 Server configuration error", ""),
        ("hangup", "EOF", "hangup: RCPT from localhost[127.0.0.1]: "),
        ("hanguptext", "EOF", "hangup: RCPT from localhost[127.0.0.1]: bye"),
        ("class", "RCPT 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied", ""),
        ("classtwo", "RCPT 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied", ""),
        ("builtin", "ok", ""),
        ("builtinrej", "RCPT 554 5.7.1 <builtinrej.test>: Helo command rejected: Access denied", ""),
        ("builtindef", "RCPT 450 4.7.1 <builtindef.test>: Helo command rejected: Access denied", ""),
        ("unknownword", "RCPT 451 4.3.5 Server configuration error", ""),
        ("wir", "ok", "reject_warning: RCPT from localhost[127.0.0.1]: 554 5.7.1 <wir.test>: Helo command rejected: Access denied"),
        ("lower", "RCPT 554 5.7.1 <lower.test>: Helo command rejected: lower case", ""),
        ("spaces", "RCPT 554 5.7.1 <spaces.test>: Helo command rejected: many   spaces here", ""),
        ("semis", "RCPT 554 5.7.1 <semis.test>: Helo command rejected: semi; colon", ""),
        ("pct", "RCPT 554 5.7.1 <pct.test>: Helo command rejected: 100% sure %s", ""),
        ("percent", "RCPT 550 5.7.1 <percent.test>: Helo command rejected: $sender $client_name", ""),
        ("quoted", "RCPT 554 5.7.1 <quoted.test>: Helo command rejected: \"quoted\"", ""),
        ("debug", "ok", ""),
        ("rut", "ok", ""),
        ("empty", "RCPT 451 4.3.5 Server configuration error", ""),
    ],
    "helonow": [
        ("ok", "ok", ""),
        ("relay", "ok", ""),
        ("digits", "ok", ""),
        ("dunno", "ok", ""),
        ("reject", "EHLO 554 5.7.1 <reject.test>: Helo command rejected: Access denied", ""),
        ("rejecttext", "EHLO 554 5.7.1 <rejecttext.test>: Helo command rejected: go away", ""),
        ("rejectdsn", "EHLO 554 5.7.99 <rejectdsn.test>: Helo command rejected: go away", ""),
        ("rejectdsn4", "EHLO 554 5.7.99 <rejectdsn4.test>: Helo command rejected: wrong class", ""),
        ("defer", "EHLO 450 4.7.1 <defer.test>: Helo command rejected: Access denied", ""),
        ("defertext", "EHLO 450 4.7.1 <defertext.test>: Helo command rejected: come back", ""),
        ("deferdsn", "EHLO 450 4.2.0 <deferdsn.test>: Helo command rejected: come back", ""),
        ("dip", "RCPT 450 4.7.1 <dip.test>: Helo command rejected: Service unavailable", ""),
        ("diptext", "RCPT 450 4.9.9 <diptext.test>: Helo command rejected: maybe later", ""),
        ("dir", "ok", ""),
        ("dirtext", "ok", ""),
        ("discard", "ok", ""),
        ("discardtext", "ok", ""),
        ("hold", "ok", ""),
        ("holdtext", "ok", ""),
        ("filter", "ok", ""),
        ("filternone", "ok", ""),
        ("filterbad", "ok", ""),
        ("redirect", "ok", ""),
        ("redirectbad", "ok", ""),
        ("bcc", "ok", ""),
        ("bccbad", "ok", ""),
        ("prepend", "ok", ""),
        ("prependnone", "ok", ""),
        ("prependbad", "ok", ""),
        ("warn", "ok", ""),
        ("warntext", "ok", ""),
        ("info", "ok", ""),
        ("infotext", "ok", ""),
        ("n450", "ok", ""),
        ("n450text", "EHLO 450 4.7.1 <n450text.test>: Helo command rejected: later please", ""),
        ("n450dsn", "EHLO 450 4.5.6 <n450dsn.test>: Helo command rejected: later please", ""),
        ("n421text", "EHLO 421 4.7.1 <n421text.test>: Helo command rejected: leave now", ""),
        ("n521text", "EHLO 521 5.7.1 <n521text.test>: Helo command rejected: leave now", ""),
        ("n554dsn4", "EHLO 554 5.0.0 <n554dsn4.test>: Helo command rejected: odd class", ""),
        ("n554dsn2", "EHLO 554 5.0.0 <n554dsn2.test>: Helo command rejected: odd class", ""),
        ("n550rcpt", "EHLO 550 5.0.0 <n550rcpt.test>: Helo command rejected: no such person", ""),
        ("n550snd", "EHLO 550 5.0.0 <n550snd.test>: Helo command rejected: no such sender", ""),
        ("n250text", "EHLO 451 4.3.5 Server configuration error", ""),
        ("n300text", "EHLO 451 4.3.5 Server configuration error", ""),
        ("n999text", "EHLO 451 4.3.5 Server configuration error", ""),
        ("n45x", "EHLO 451 4.3.5 Server configuration error", ""),
        ("hangup", "EOF", ""),
        ("hanguptext", "EOF", ""),
        ("class", "ok", ""),
        ("classtwo", "ok", ""),
        ("builtin", "ok", ""),
        ("builtinrej", "EHLO 554 5.7.1 <builtinrej.test>: Helo command rejected: Access denied", ""),
        ("builtindef", "EHLO 450 4.7.1 <builtindef.test>: Helo command rejected: Access denied", ""),
        ("unknownword", "EHLO 451 4.3.5 Server configuration error", ""),
        ("wir", "ok", ""),
        ("lower", "EHLO 554 5.7.1 <lower.test>: Helo command rejected: lower case", ""),
        ("spaces", "EHLO 554 5.7.1 <spaces.test>: Helo command rejected: many   spaces here", ""),
        ("semis", "EHLO 554 5.7.1 <semis.test>: Helo command rejected: semi; colon", ""),
        ("pct", "EHLO 554 5.7.1 <pct.test>: Helo command rejected: 100% sure %s", ""),
        ("percent", "EHLO 550 5.7.1 <percent.test>: Helo command rejected: $sender $client_name", ""),
        ("quoted", "EHLO 554 5.7.1 <quoted.test>: Helo command rejected: \"quoted\"", ""),
        ("debug", "ok", ""),
        ("rut", "ok", ""),
        ("empty", "EHLO 451 4.3.5 Server configuration error", ""),
    ],
    "sender": [
        ("ok", "ok", ""),
        ("relay", "ok", ""),
        ("digits", "ok", ""),
        ("dunno", "ok", ""),
        ("reject", "RCPT 554 5.7.1 <reject@act.test>: Sender address rejected: Access denied", ""),
        ("rejecttext", "RCPT 554 5.7.1 <rejecttext@act.test>: Sender address rejected: go away", ""),
        ("rejectdsn", "RCPT 554 5.7.99 <rejectdsn@act.test>: Sender address rejected: go away", ""),
        ("rejectdsn4", "RCPT 554 5.7.99 <rejectdsn4@act.test>: Sender address rejected: wrong class", ""),
        ("defer", "RCPT 450 4.7.1 <defer@act.test>: Sender address rejected: Access denied", ""),
        ("defertext", "RCPT 450 4.7.1 <defertext@act.test>: Sender address rejected: come back", ""),
        ("deferdsn", "RCPT 450 4.2.0 <deferdsn@act.test>: Sender address rejected: come back", ""),
        ("dip", "RCPT 450 4.7.1 <dip@act.test>: Sender address rejected: Service unavailable", ""),
        ("diptext", "RCPT 450 4.9.9 <diptext@act.test>: Sender address rejected: maybe later", ""),
        ("dir", "ok", ""),
        ("dirtext", "ok", ""),
        ("discard", "ok", "discard: RCPT from localhost[127.0.0.1]: <discard@act.test>: Sender address triggers DISCARD action"),
        ("discardtext", "ok", "discard: RCPT from localhost[127.0.0.1]: <discardtext@act.test>: Sender address and quiet"),
        ("hold", "ok", "hold: RCPT from localhost[127.0.0.1]: <hold@act.test>: Sender address triggers HOLD action"),
        ("holdtext", "ok", "hold: RCPT from localhost[127.0.0.1]: <holdtext@act.test>: Sender address for looking"),
        ("filter", "ok", "filter: RCPT from localhost[127.0.0.1]: <filter@act.test>: Sender address triggers FILTER smtp:[127.0.0.1]:2526"),
        ("filternone", "ok", ""),
        ("filterbad", "ok", ""),
        ("redirect", "ok", "redirect: RCPT from localhost[127.0.0.1]: <redirect@act.test>: Sender address triggers REDIRECT carol@example.test"),
        ("redirectbad", "ok", ""),
        ("bcc", "ok", "bcc: RCPT from localhost[127.0.0.1]: <bcc@act.test>: Sender address triggers BCC dave@example.test"),
        ("bccbad", "ok", ""),
        ("prepend", "ok", ""),
        ("prependnone", "ok", ""),
        ("prependbad", "ok", ""),
        ("warn", "ok", "warn: RCPT from localhost[127.0.0.1]: "),
        ("warntext", "ok", "warn: RCPT from localhost[127.0.0.1]: odd thing"),
        ("info", "ok", "info: RCPT from localhost[127.0.0.1]: "),
        ("infotext", "ok", "info: RCPT from localhost[127.0.0.1]: just telling"),
        ("n450", "ok", ""),
        ("n450text", "RCPT 450 4.7.1 <n450text@act.test>: Sender address rejected: later please", ""),
        ("n450dsn", "RCPT 450 4.5.6 <n450dsn@act.test>: Sender address rejected: later please", ""),
        ("n421text", "RCPT 421 4.7.1 <n421text@act.test>: Sender address rejected: leave now", ""),
        ("n521text", "RCPT 521 5.7.1 <n521text@act.test>: Sender address rejected: leave now", ""),
        ("n554dsn4", "RCPT 554 5.1.7 <n554dsn4@act.test>: Sender address rejected: odd class", ""),
        ("n554dsn2", "RCPT 554 5.1.7 <n554dsn2@act.test>: Sender address rejected: odd class", ""),
        ("n550rcpt", "RCPT 550 5.1.7 <n550rcpt@act.test>: Sender address rejected: no such person", ""),
        ("n550snd", "RCPT 550 5.1.8 <n550snd@act.test>: Sender address rejected: no such sender", ""),
        ("n250text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n300text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n999text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n45x", "RCPT 451 4.3.5 Server configuration error", ""),
        ("hangup", "EOF", "hangup: RCPT from localhost[127.0.0.1]: "),
        ("hanguptext", "EOF", "hangup: RCPT from localhost[127.0.0.1]: bye"),
        ("class", "RCPT 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied", ""),
        ("classtwo", "RCPT 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied", ""),
        ("builtin", "ok", ""),
        ("builtinrej", "RCPT 554 5.7.1 <builtinrej@act.test>: Sender address rejected: Access denied", ""),
        ("builtindef", "RCPT 450 4.7.1 <builtindef@act.test>: Sender address rejected: Access denied", ""),
        ("unknownword", "RCPT 451 4.3.5 Server configuration error", ""),
        ("wir", "ok", "reject_warning: RCPT from localhost[127.0.0.1]: 554 5.7.1 <wir@act.test>: Sender address rejected: Access denied"),
        ("lower", "RCPT 554 5.7.1 <lower@act.test>: Sender address rejected: lower case", ""),
        ("spaces", "RCPT 554 5.7.1 <spaces@act.test>: Sender address rejected: many   spaces here", ""),
        ("semis", "RCPT 554 5.7.1 <semis@act.test>: Sender address rejected: semi; colon", ""),
        ("pct", "RCPT 554 5.7.1 <pct@act.test>: Sender address rejected: 100% sure %s", ""),
        ("percent", "RCPT 550 5.7.1 <percent@act.test>: Sender address rejected: $sender $client_name", ""),
        ("quoted", "RCPT 554 5.7.1 <quoted@act.test>: Sender address rejected: \"quoted\"", ""),
        ("debug", "ok", ""),
        ("rut", "ok", ""),
        ("empty", "RCPT 451 4.3.5 Server configuration error", ""),
    ],
    "sendernow": [
        ("ok", "ok", ""),
        ("relay", "ok", ""),
        ("digits", "ok", ""),
        ("dunno", "ok", ""),
        ("reject", "MAIL 554 5.7.1 <reject@act.test>: Sender address rejected: Access denied", ""),
        ("rejecttext", "MAIL 554 5.7.1 <rejecttext@act.test>: Sender address rejected: go away", ""),
        ("rejectdsn", "MAIL 554 5.7.99 <rejectdsn@act.test>: Sender address rejected: go away", ""),
        ("rejectdsn4", "MAIL 554 5.7.99 <rejectdsn4@act.test>: Sender address rejected: wrong class", ""),
        ("defer", "MAIL 450 4.7.1 <defer@act.test>: Sender address rejected: Access denied", ""),
        ("defertext", "MAIL 450 4.7.1 <defertext@act.test>: Sender address rejected: come back", ""),
        ("deferdsn", "MAIL 450 4.2.0 <deferdsn@act.test>: Sender address rejected: come back", ""),
        ("dip", "RCPT 450 4.7.1 <dip@act.test>: Sender address rejected: Service unavailable", ""),
        ("diptext", "RCPT 450 4.9.9 <diptext@act.test>: Sender address rejected: maybe later", ""),
        ("dir", "ok", ""),
        ("dirtext", "ok", ""),
        ("discard", "ok", "discard: MAIL from localhost[127.0.0.1]: <discard@act.test>: Sender address triggers DISCARD action"),
        ("discardtext", "ok", "discard: MAIL from localhost[127.0.0.1]: <discardtext@act.test>: Sender address and quiet"),
        ("hold", "ok", "hold: MAIL from localhost[127.0.0.1]: <hold@act.test>: Sender address triggers HOLD action"),
        ("holdtext", "ok", "hold: MAIL from localhost[127.0.0.1]: <holdtext@act.test>: Sender address for looking"),
        ("filter", "ok", "filter: MAIL from localhost[127.0.0.1]: <filter@act.test>: Sender address triggers FILTER smtp:[127.0.0.1]:2526"),
        ("filternone", "ok", ""),
        ("filterbad", "ok", ""),
        ("redirect", "ok", "redirect: MAIL from localhost[127.0.0.1]: <redirect@act.test>: Sender address triggers REDIRECT carol@example.test"),
        ("redirectbad", "ok", ""),
        ("bcc", "ok", "bcc: MAIL from localhost[127.0.0.1]: <bcc@act.test>: Sender address triggers BCC dave@example.test"),
        ("bccbad", "ok", ""),
        ("prepend", "ok", ""),
        ("prependnone", "ok", ""),
        ("prependbad", "ok", ""),
        ("warn", "ok", "warn: MAIL from localhost[127.0.0.1]: "),
        ("warntext", "ok", "warn: MAIL from localhost[127.0.0.1]: odd thing"),
        ("info", "ok", "info: MAIL from localhost[127.0.0.1]: "),
        ("infotext", "ok", "info: MAIL from localhost[127.0.0.1]: just telling"),
        ("n450", "ok", ""),
        ("n450text", "MAIL 450 4.7.1 <n450text@act.test>: Sender address rejected: later please", ""),
        ("n450dsn", "MAIL 450 4.5.6 <n450dsn@act.test>: Sender address rejected: later please", ""),
        ("n421text", "MAIL 421 4.7.1 <n421text@act.test>: Sender address rejected: leave now", ""),
        ("n521text", "MAIL 521 5.7.1 <n521text@act.test>: Sender address rejected: leave now", ""),
        ("n554dsn4", "MAIL 554 5.1.7 <n554dsn4@act.test>: Sender address rejected: odd class", ""),
        ("n554dsn2", "MAIL 554 5.1.7 <n554dsn2@act.test>: Sender address rejected: odd class", ""),
        ("n550rcpt", "MAIL 550 5.1.7 <n550rcpt@act.test>: Sender address rejected: no such person", ""),
        ("n550snd", "MAIL 550 5.1.8 <n550snd@act.test>: Sender address rejected: no such sender", ""),
        ("n250text", "MAIL 451 4.3.5 Server configuration error", ""),
        ("n300text", "MAIL 451 4.3.5 Server configuration error", ""),
        ("n999text", "MAIL 451 4.3.5 Server configuration error", ""),
        ("n45x", "MAIL 451 4.3.5 Server configuration error", ""),
        ("hangup", "EOF", "hangup: MAIL from localhost[127.0.0.1]: "),
        ("hanguptext", "EOF", "hangup: MAIL from localhost[127.0.0.1]: bye"),
        ("class", "ok", ""),
        ("classtwo", "ok", ""),
        ("builtin", "ok", ""),
        ("builtinrej", "MAIL 554 5.7.1 <builtinrej@act.test>: Sender address rejected: Access denied", ""),
        ("builtindef", "MAIL 450 4.7.1 <builtindef@act.test>: Sender address rejected: Access denied", ""),
        ("unknownword", "MAIL 451 4.3.5 Server configuration error", ""),
        ("wir", "ok", "reject_warning: MAIL from localhost[127.0.0.1]: 554 5.7.1 <wir@act.test>: Sender address rejected: Access denied"),
        ("lower", "MAIL 554 5.7.1 <lower@act.test>: Sender address rejected: lower case", ""),
        ("spaces", "MAIL 554 5.7.1 <spaces@act.test>: Sender address rejected: many   spaces here", ""),
        ("semis", "MAIL 554 5.7.1 <semis@act.test>: Sender address rejected: semi; colon", ""),
        ("pct", "MAIL 554 5.7.1 <pct@act.test>: Sender address rejected: 100% sure %s", ""),
        ("percent", "MAIL 550 5.7.1 <percent@act.test>: Sender address rejected: $sender $client_name", ""),
        ("quoted", "MAIL 554 5.7.1 <quoted@act.test>: Sender address rejected: \"quoted\"", ""),
        ("debug", "ok", ""),
        ("rut", "ok", ""),
        ("empty", "MAIL 451 4.3.5 Server configuration error", ""),
    ],
    "rcpt": [
        ("ok", "ok", ""),
        ("relay", "ok", ""),
        ("digits", "ok", ""),
        ("dunno", "ok", ""),
        ("reject", "RCPT 554 5.7.1 <reject@example.test>: Recipient address rejected: Access denied", ""),
        ("rejecttext", "RCPT 554 5.7.1 <rejecttext@example.test>: Recipient address rejected: go away", ""),
        ("rejectdsn", "RCPT 554 5.7.99 <rejectdsn@example.test>: Recipient address rejected: go away", ""),
        ("rejectdsn4", "RCPT 554 5.7.99 <rejectdsn4@example.test>: Recipient address rejected: wrong class", ""),
        ("defer", "RCPT 450 4.7.1 <defer@example.test>: Recipient address rejected: Access denied", ""),
        ("defertext", "RCPT 450 4.7.1 <defertext@example.test>: Recipient address rejected: come back", ""),
        ("deferdsn", "RCPT 450 4.2.0 <deferdsn@example.test>: Recipient address rejected: come back", ""),
        ("dip", "RCPT 450 4.7.1 <dip@example.test>: Recipient address rejected: Service unavailable", ""),
        ("diptext", "RCPT 450 4.9.9 <diptext@example.test>: Recipient address rejected: maybe later", ""),
        ("dir", "ok", ""),
        ("dirtext", "ok", ""),
        ("discard", "ok", "discard: RCPT from localhost[127.0.0.1]: <discard@example.test>: Recipient address triggers DISCARD action"),
        ("discardtext", "ok", "discard: RCPT from localhost[127.0.0.1]: <discardtext@example.test>: Recipient address and quiet"),
        ("hold", "ok", "hold: RCPT from localhost[127.0.0.1]: <hold@example.test>: Recipient address triggers HOLD action"),
        ("holdtext", "ok", "hold: RCPT from localhost[127.0.0.1]: <holdtext@example.test>: Recipient address for looking"),
        ("filter", "ok", "filter: RCPT from localhost[127.0.0.1]: <filter@example.test>: Recipient address triggers FILTER smtp:[127.0.0.1]:2526"),
        ("filternone", "ok", ""),
        ("filterbad", "ok", ""),
        ("redirect", "ok", "redirect: RCPT from localhost[127.0.0.1]: <redirect@example.test>: Recipient address triggers REDIRECT carol@example.test"),
        ("redirectbad", "ok", ""),
        ("bcc", "ok", "bcc: RCPT from localhost[127.0.0.1]: <bcc@example.test>: Recipient address triggers BCC dave@example.test"),
        ("bccbad", "ok", ""),
        ("prepend", "ok", ""),
        ("prependnone", "ok", ""),
        ("prependbad", "ok", ""),
        ("warn", "ok", "warn: RCPT from localhost[127.0.0.1]: "),
        ("warntext", "ok", "warn: RCPT from localhost[127.0.0.1]: odd thing"),
        ("info", "ok", "info: RCPT from localhost[127.0.0.1]: "),
        ("infotext", "ok", "info: RCPT from localhost[127.0.0.1]: just telling"),
        ("n450", "ok", ""),
        ("n450text", "RCPT 450 4.7.1 <n450text@example.test>: Recipient address rejected: later please", ""),
        ("n450dsn", "RCPT 450 4.5.6 <n450dsn@example.test>: Recipient address rejected: later please", ""),
        ("n421text", "RCPT 421 4.7.1 <n421text@example.test>: Recipient address rejected: leave now", ""),
        ("n521text", "RCPT 521 5.7.1 <n521text@example.test>: Recipient address rejected: leave now", ""),
        ("n554dsn4", "RCPT 554 5.1.1 <n554dsn4@example.test>: Recipient address rejected: odd class", ""),
        ("n554dsn2", "RCPT 554 5.1.1 <n554dsn2@example.test>: Recipient address rejected: odd class", ""),
        ("n550rcpt", "RCPT 550 5.1.1 <n550rcpt@example.test>: Recipient address rejected: no such person", ""),
        ("n550snd", "RCPT 550 5.1.2 <n550snd@example.test>: Recipient address rejected: no such sender", ""),
        ("n250text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n300text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n999text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n45x", "RCPT 451 4.3.5 Server configuration error", ""),
        ("hangup", "EOF", "hangup: RCPT from localhost[127.0.0.1]: "),
        ("hanguptext", "EOF", "hangup: RCPT from localhost[127.0.0.1]: bye"),
        ("class", "ok", ""),
        ("classtwo", "ok", ""),
        ("builtin", "ok", ""),
        ("builtinrej", "RCPT 554 5.7.1 <builtinrej@example.test>: Recipient address rejected: Access denied", ""),
        ("builtindef", "RCPT 450 4.7.1 <builtindef@example.test>: Recipient address rejected: Access denied", ""),
        ("unknownword", "RCPT 451 4.3.5 Server configuration error", ""),
        ("wir", "ok", "reject_warning: RCPT from localhost[127.0.0.1]: 554 5.7.1 <wir@example.test>: Recipient address rejected: Access denied"),
        ("lower", "RCPT 554 5.7.1 <lower@example.test>: Recipient address rejected: lower case", ""),
        ("spaces", "RCPT 554 5.7.1 <spaces@example.test>: Recipient address rejected: many   spaces here", ""),
        ("semis", "RCPT 554 5.7.1 <semis@example.test>: Recipient address rejected: semi; colon", ""),
        ("pct", "RCPT 554 5.7.1 <pct@example.test>: Recipient address rejected: 100% sure %s", ""),
        ("percent", "RCPT 550 5.7.1 <percent@example.test>: Recipient address rejected: $sender $client_name", ""),
        ("quoted", "RCPT 554 5.7.1 <quoted@example.test>: Recipient address rejected: \"quoted\"", ""),
        ("debug", "ok", ""),
        ("rut", "ok", ""),
        ("empty", "RCPT 451 4.3.5 Server configuration error", ""),
    ],
    "relay": [
        ("ok", "ok", ""),
        ("relay", "ok", ""),
        ("digits", "ok", ""),
        ("dunno", "ok", ""),
        ("reject", "RCPT 554 5.7.1 <reject@example.test>: Recipient address rejected: Access denied", ""),
        ("rejecttext", "RCPT 554 5.7.1 <rejecttext@example.test>: Recipient address rejected: go away", ""),
        ("rejectdsn", "RCPT 554 5.7.99 <rejectdsn@example.test>: Recipient address rejected: go away", ""),
        ("rejectdsn4", "RCPT 554 5.7.99 <rejectdsn4@example.test>: Recipient address rejected: wrong class", ""),
        ("defer", "RCPT 450 4.7.1 <defer@example.test>: Recipient address rejected: Access denied", ""),
        ("defertext", "RCPT 450 4.7.1 <defertext@example.test>: Recipient address rejected: come back", ""),
        ("deferdsn", "RCPT 450 4.2.0 <deferdsn@example.test>: Recipient address rejected: come back", ""),
        ("dip", "RCPT 450 4.7.1 <dip@example.test>: Recipient address rejected: Service unavailable", ""),
        ("diptext", "RCPT 450 4.9.9 <diptext@example.test>: Recipient address rejected: maybe later", ""),
        ("dir", "ok", ""),
        ("dirtext", "ok", ""),
        ("discard", "ok", "discard: RCPT from localhost[127.0.0.1]: <discard@example.test>: Recipient address triggers DISCARD action"),
        ("discardtext", "ok", "discard: RCPT from localhost[127.0.0.1]: <discardtext@example.test>: Recipient address and quiet"),
        ("hold", "ok", "hold: RCPT from localhost[127.0.0.1]: <hold@example.test>: Recipient address triggers HOLD action"),
        ("holdtext", "ok", "hold: RCPT from localhost[127.0.0.1]: <holdtext@example.test>: Recipient address for looking"),
        ("filter", "ok", "filter: RCPT from localhost[127.0.0.1]: <filter@example.test>: Recipient address triggers FILTER smtp:[127.0.0.1]:2526"),
        ("filternone", "ok", ""),
        ("filterbad", "ok", ""),
        ("redirect", "ok", "redirect: RCPT from localhost[127.0.0.1]: <redirect@example.test>: Recipient address triggers REDIRECT carol@example.test"),
        ("redirectbad", "ok", ""),
        ("bcc", "ok", "bcc: RCPT from localhost[127.0.0.1]: <bcc@example.test>: Recipient address triggers BCC dave@example.test"),
        ("bccbad", "ok", ""),
        ("prepend", "ok", ""),
        ("prependnone", "ok", ""),
        ("prependbad", "ok", ""),
        ("warn", "ok", "warn: RCPT from localhost[127.0.0.1]: "),
        ("warntext", "ok", "warn: RCPT from localhost[127.0.0.1]: odd thing"),
        ("info", "ok", "info: RCPT from localhost[127.0.0.1]: "),
        ("infotext", "ok", "info: RCPT from localhost[127.0.0.1]: just telling"),
        ("n450", "ok", ""),
        ("n450text", "RCPT 450 4.7.1 <n450text@example.test>: Recipient address rejected: later please", ""),
        ("n450dsn", "RCPT 450 4.5.6 <n450dsn@example.test>: Recipient address rejected: later please", ""),
        ("n421text", "RCPT 421 4.7.1 <n421text@example.test>: Recipient address rejected: leave now", ""),
        ("n521text", "RCPT 521 5.7.1 <n521text@example.test>: Recipient address rejected: leave now", ""),
        ("n554dsn4", "RCPT 554 5.1.1 <n554dsn4@example.test>: Recipient address rejected: odd class", ""),
        ("n554dsn2", "RCPT 554 5.1.1 <n554dsn2@example.test>: Recipient address rejected: odd class", ""),
        ("n550rcpt", "RCPT 550 5.1.1 <n550rcpt@example.test>: Recipient address rejected: no such person", ""),
        ("n550snd", "RCPT 550 5.1.2 <n550snd@example.test>: Recipient address rejected: no such sender", ""),
        ("n250text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n300text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n999text", "RCPT 451 4.3.5 Server configuration error", ""),
        ("n45x", "RCPT 451 4.3.5 Server configuration error", ""),
        ("hangup", "EOF", "hangup: RCPT from localhost[127.0.0.1]: "),
        ("hanguptext", "EOF", "hangup: RCPT from localhost[127.0.0.1]: bye"),
        ("class", "ok", ""),
        ("classtwo", "ok", ""),
        ("builtin", "ok", ""),
        ("builtinrej", "RCPT 554 5.7.1 <builtinrej@example.test>: Recipient address rejected: Access denied", ""),
        ("builtindef", "RCPT 450 4.7.1 <builtindef@example.test>: Recipient address rejected: Access denied", ""),
        ("unknownword", "RCPT 451 4.3.5 Server configuration error", ""),
        ("wir", "ok", "reject_warning: RCPT from localhost[127.0.0.1]: 554 5.7.1 <wir@example.test>: Recipient address rejected: Access denied"),
        ("lower", "RCPT 554 5.7.1 <lower@example.test>: Recipient address rejected: lower case", ""),
        ("spaces", "RCPT 554 5.7.1 <spaces@example.test>: Recipient address rejected: many   spaces here", ""),
        ("semis", "RCPT 554 5.7.1 <semis@example.test>: Recipient address rejected: semi; colon", ""),
        ("pct", "RCPT 554 5.7.1 <pct@example.test>: Recipient address rejected: 100% sure %s", ""),
        ("percent", "RCPT 550 5.7.1 <percent@example.test>: Recipient address rejected: $sender $client_name", ""),
        ("quoted", "RCPT 554 5.7.1 <quoted@example.test>: Recipient address rejected: \"quoted\"", ""),
        ("debug", "ok", ""),
        ("rut", "ok", ""),
        ("empty", "RCPT 451 4.3.5 Server configuration error", ""),
    ],
    "data": [
        ("ok", "ok", ""),
        ("relay", "ok", ""),
        ("digits", "ok", ""),
        ("dunno", "ok", ""),
        ("reject", "DATA 554 5.7.1 <reject@act.test>: Sender address rejected: Access denied", ""),
        ("rejecttext", "DATA 554 5.7.1 <rejecttext@act.test>: Sender address rejected: go away", ""),
        ("rejectdsn", "DATA 554 5.7.99 <rejectdsn@act.test>: Sender address rejected: go away", ""),
        ("rejectdsn4", "DATA 554 5.7.99 <rejectdsn4@act.test>: Sender address rejected: wrong class", ""),
        ("defer", "DATA 450 4.7.1 <defer@act.test>: Sender address rejected: Access denied", ""),
        ("defertext", "DATA 450 4.7.1 <defertext@act.test>: Sender address rejected: come back", ""),
        ("deferdsn", "DATA 450 4.2.0 <deferdsn@act.test>: Sender address rejected: come back", ""),
        ("dip", "DATA 450 4.7.1 <dip@act.test>: Sender address rejected: Service unavailable", ""),
        ("diptext", "DATA 450 4.9.9 <diptext@act.test>: Sender address rejected: maybe later", ""),
        ("dir", "ok", ""),
        ("dirtext", "ok", ""),
        ("discard", "ok", "discard: DATA from localhost[127.0.0.1]: <discard@act.test>: Sender address triggers DISCARD action"),
        ("discardtext", "ok", "discard: DATA from localhost[127.0.0.1]: <discardtext@act.test>: Sender address and quiet"),
        ("hold", "ok", "hold: DATA from localhost[127.0.0.1]: <hold@act.test>: Sender address triggers HOLD action"),
        ("holdtext", "ok", "hold: DATA from localhost[127.0.0.1]: <holdtext@act.test>: Sender address for looking"),
        ("filter", "ok", "filter: DATA from localhost[127.0.0.1]: <filter@act.test>: Sender address triggers FILTER smtp:[127.0.0.1]:2526"),
        ("filternone", "ok", ""),
        ("filterbad", "ok", ""),
        ("redirect", "ok", "redirect: DATA from localhost[127.0.0.1]: <redirect@act.test>: Sender address triggers REDIRECT carol@example.test"),
        ("redirectbad", "ok", ""),
        ("bcc", "ok", "bcc: DATA from localhost[127.0.0.1]: <bcc@act.test>: Sender address triggers BCC dave@example.test"),
        ("bccbad", "ok", ""),
        ("prepend", "ok", ""),
        ("prependnone", "ok", ""),
        ("prependbad", "ok", ""),
        ("warn", "ok", "warn: DATA from localhost[127.0.0.1]: "),
        ("warntext", "ok", "warn: DATA from localhost[127.0.0.1]: odd thing"),
        ("info", "ok", "info: DATA from localhost[127.0.0.1]: "),
        ("infotext", "ok", "info: DATA from localhost[127.0.0.1]: just telling"),
        ("n450", "ok", ""),
        ("n450text", "DATA 450 4.7.1 <n450text@act.test>: Sender address rejected: later please", ""),
        ("n450dsn", "DATA 450 4.5.6 <n450dsn@act.test>: Sender address rejected: later please", ""),
        ("n421text", "DATA 421 4.7.1 <n421text@act.test>: Sender address rejected: leave now", ""),
        ("n521text", "DATA 521 5.7.1 <n521text@act.test>: Sender address rejected: leave now", ""),
        ("n554dsn4", "DATA 554 5.1.7 <n554dsn4@act.test>: Sender address rejected: odd class", ""),
        ("n554dsn2", "DATA 554 5.1.7 <n554dsn2@act.test>: Sender address rejected: odd class", ""),
        ("n550rcpt", "DATA 550 5.1.7 <n550rcpt@act.test>: Sender address rejected: no such person", ""),
        ("n550snd", "DATA 550 5.1.8 <n550snd@act.test>: Sender address rejected: no such sender", ""),
        ("n250text", "DATA 451 4.3.5 Server configuration error", ""),
        ("n300text", "DATA 451 4.3.5 Server configuration error", ""),
        ("n999text", "DATA 451 4.3.5 Server configuration error", ""),
        ("n45x", "DATA 451 4.3.5 Server configuration error", ""),
        ("hangup", "EOF", "hangup: DATA from localhost[127.0.0.1]: "),
        ("hanguptext", "EOF", "hangup: DATA from localhost[127.0.0.1]: bye"),
        ("class", "DATA 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied", ""),
        ("classtwo", "DATA 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied", ""),
        ("builtin", "ok", ""),
        ("builtinrej", "DATA 554 5.7.1 <builtinrej@act.test>: Sender address rejected: Access denied", ""),
        ("builtindef", "DATA 450 4.7.1 <builtindef@act.test>: Sender address rejected: Access denied", ""),
        ("unknownword", "DATA 451 4.3.5 Server configuration error", ""),
        ("wir", "ok", "reject_warning: DATA from localhost[127.0.0.1]: 554 5.7.1 <wir@act.test>: Sender address rejected: Access denied"),
        ("lower", "DATA 554 5.7.1 <lower@act.test>: Sender address rejected: lower case", ""),
        ("spaces", "DATA 554 5.7.1 <spaces@act.test>: Sender address rejected: many   spaces here", ""),
        ("semis", "DATA 554 5.7.1 <semis@act.test>: Sender address rejected: semi; colon", ""),
        ("pct", "DATA 554 5.7.1 <pct@act.test>: Sender address rejected: 100% sure %s", ""),
        ("percent", "DATA 550 5.7.1 <percent@act.test>: Sender address rejected: $sender $client_name", ""),
        ("quoted", "DATA 554 5.7.1 <quoted@act.test>: Sender address rejected: \"quoted\"", ""),
        ("debug", "ok", ""),
        ("rut", "ok", ""),
        ("empty", "DATA 451 4.3.5 Server configuration error", ""),
    ],
    "eod": [
        ("ok", "ok", ""),
        ("relay", "ok", ""),
        ("digits", "ok", ""),
        ("dunno", "ok", ""),
        ("reject", "END 554 5.7.1 <reject@act.test>: Sender address rejected: Access denied", ""),
        ("rejecttext", "END 554 5.7.1 <rejecttext@act.test>: Sender address rejected: go away", ""),
        ("rejectdsn", "END 554 5.7.99 <rejectdsn@act.test>: Sender address rejected: go away", ""),
        ("rejectdsn4", "END 554 5.7.99 <rejectdsn4@act.test>: Sender address rejected: wrong class", ""),
        ("defer", "END 450 4.7.1 <defer@act.test>: Sender address rejected: Access denied", ""),
        ("defertext", "END 450 4.7.1 <defertext@act.test>: Sender address rejected: come back", ""),
        ("deferdsn", "END 450 4.2.0 <deferdsn@act.test>: Sender address rejected: come back", ""),
        ("dip", "END 450 4.7.1 <dip@act.test>: Sender address rejected: Service unavailable", ""),
        ("diptext", "END 450 4.9.9 <diptext@act.test>: Sender address rejected: maybe later", ""),
        ("dir", "ok", ""),
        ("dirtext", "ok", ""),
        ("discard", "ok", "discard: END-OF-MESSAGE from localhost[127.0.0.1]: <discard@act.test>: Sender address triggers DISCARD action"),
        ("discardtext", "ok", "discard: END-OF-MESSAGE from localhost[127.0.0.1]: <discardtext@act.test>: Sender address and quiet"),
        ("hold", "ok", "hold: END-OF-MESSAGE from localhost[127.0.0.1]: <hold@act.test>: Sender address triggers HOLD action"),
        ("holdtext", "ok", "hold: END-OF-MESSAGE from localhost[127.0.0.1]: <holdtext@act.test>: Sender address for looking"),
        ("filter", "ok", "filter: END-OF-MESSAGE from localhost[127.0.0.1]: <filter@act.test>: Sender address triggers FILTER smtp:[127.0.0.1]:2526"),
        ("filternone", "ok", ""),
        ("filterbad", "ok", ""),
        ("redirect", "ok", "redirect: END-OF-MESSAGE from localhost[127.0.0.1]: <redirect@act.test>: Sender address triggers REDIRECT carol@example.test"),
        ("redirectbad", "ok", ""),
        ("bcc", "ok", "bcc: END-OF-MESSAGE from localhost[127.0.0.1]: <bcc@act.test>: Sender address triggers BCC dave@example.test"),
        ("bccbad", "ok", ""),
        ("prepend", "ok", ""),
        ("prependnone", "ok", ""),
        ("prependbad", "ok", ""),
        ("warn", "ok", "warn: END-OF-MESSAGE from localhost[127.0.0.1]: "),
        ("warntext", "ok", "warn: END-OF-MESSAGE from localhost[127.0.0.1]: odd thing"),
        ("info", "ok", "info: END-OF-MESSAGE from localhost[127.0.0.1]: "),
        ("infotext", "ok", "info: END-OF-MESSAGE from localhost[127.0.0.1]: just telling"),
        ("n450", "ok", ""),
        ("n450text", "END 450 4.7.1 <n450text@act.test>: Sender address rejected: later please", ""),
        ("n450dsn", "END 450 4.5.6 <n450dsn@act.test>: Sender address rejected: later please", ""),
        ("n421text", "END 421 4.7.1 <n421text@act.test>: Sender address rejected: leave now", ""),
        ("n521text", "END 521 5.7.1 <n521text@act.test>: Sender address rejected: leave now", ""),
        ("n554dsn4", "END 554 5.1.7 <n554dsn4@act.test>: Sender address rejected: odd class", ""),
        ("n554dsn2", "END 554 5.1.7 <n554dsn2@act.test>: Sender address rejected: odd class", ""),
        ("n550rcpt", "END 550 5.1.7 <n550rcpt@act.test>: Sender address rejected: no such person", ""),
        ("n550snd", "END 550 5.1.8 <n550snd@act.test>: Sender address rejected: no such sender", ""),
        ("n250text", "END 451 4.3.5 Server configuration error", ""),
        ("n300text", "END 451 4.3.5 Server configuration error", ""),
        ("n999text", "END 451 4.3.5 Server configuration error", ""),
        ("n45x", "END 451 4.3.5 Server configuration error", ""),
        ("hangup", "EOF", "hangup: END-OF-MESSAGE from localhost[127.0.0.1]: "),
        ("hanguptext", "EOF", "hangup: END-OF-MESSAGE from localhost[127.0.0.1]: bye"),
        ("class", "END 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied", ""),
        ("classtwo", "END 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied", ""),
        ("builtin", "ok", ""),
        ("builtinrej", "END 554 5.7.1 <builtinrej@act.test>: Sender address rejected: Access denied", ""),
        ("builtindef", "END 450 4.7.1 <builtindef@act.test>: Sender address rejected: Access denied", ""),
        ("unknownword", "END 451 4.3.5 Server configuration error", ""),
        ("wir", "ok", "reject_warning: END-OF-MESSAGE from localhost[127.0.0.1]: 554 5.7.1 <wir@act.test>: Sender address rejected: Access denied"),
        ("lower", "END 554 5.7.1 <lower@act.test>: Sender address rejected: lower case", ""),
        ("spaces", "END 554 5.7.1 <spaces@act.test>: Sender address rejected: many   spaces here", ""),
        ("semis", "END 554 5.7.1 <semis@act.test>: Sender address rejected: semi; colon", ""),
        ("pct", "END 554 5.7.1 <pct@act.test>: Sender address rejected: 100% sure %s", ""),
        ("percent", "END 550 5.7.1 <percent@act.test>: Sender address rejected: $sender $client_name", ""),
        ("quoted", "END 554 5.7.1 <quoted@act.test>: Sender address rejected: \"quoted\"", ""),
        ("debug", "ok", ""),
        ("rut", "ok", ""),
        ("empty", "END 451 4.3.5 Server configuration error", ""),
    ],
}


def keys(pattern):
    """A regexp table in which `pattern` with the name of an action finds that action."""
    out = ""
    for line in ACTIONS.strip().splitlines():
        name, action = line.split(None, 1)
        out += "%s %s\n" % (pattern % name, action.replace("$", "$$"))
    return out


class AccessActions(Group):
    """One case for each stage; each action in a session of its own."""
    area = "restrictions"
    cost = 60
    main = """
smtpd_error_sleep_time = 0
smtpd_restriction_classes = myclass
myclass = check_recipient_access inline:{alice@example.test=REJECT}, permit
local_recipient_maps =
luser_relay = alice
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_client_connection_count_limit = 0
"""
    services = {
        "helo": "smtpd_helo_restrictions = check_helo_access regexp:@ETC@/helo.re",
        "helonow": "smtpd_delay_reject = no\nsmtpd_helo_restrictions = check_helo_access regexp:@ETC@/helo.re",
        "sender": "smtpd_sender_restrictions = check_sender_access regexp:@ETC@/at.re",
        "sendernow": "smtpd_delay_reject = no\nsmtpd_sender_restrictions = check_sender_access regexp:@ETC@/at.re",
        "rcpt": "smtpd_recipient_restrictions = check_recipient_access regexp:@ETC@/at.re",
        "relay": "smtpd_relay_restrictions = check_recipient_access regexp:@ETC@/at.re, permit_mynetworks, reject_unauth_destination",
        "data": "smtpd_data_restrictions = check_sender_access regexp:@ETC@/at.re",
        "eod": "smtpd_end_of_data_restrictions = check_sender_access regexp:@ETC@/at.re",
    }
    files = {"at.re": keys("/^%s@/"), "helo.re": keys("/^%s\\.test$/")}

    def prepare(self):
        self.keep(fakes.FakeSMTP(("127.0.0.1", 2526)))

    def play(self, stage):
        for name, expected, logged in ANSWERS[stage]:
            self.since = self.inst.log_size()
            c = self.inst.smtp(self.port[stage])
            got = self.converse(c, stage, name)
            c.close()
            self.eq(got, expected, "%s in the %s list" % (name, stage))
            if logged:
                self.log(re.escape(logged))

    def converse(self, c, stage, name):
        at = name + "@act.test"
        commands = ["EHLO " + (name + ".test" if stage.startswith("helo") else "client.example.org"),
                    "MAIL FROM:<%s>" % (at if stage in ("sender", "sendernow", "data", "eod") else "bob@example.net"),
                    "RCPT TO:<%s>" % (name + "@example.test" if stage in ("rcpt", "relay") else "alice@example.test"),
                    "DATA", "Subject: x\r\n\r\nx\r\n."]
        verb, reply = "CONNECT", c.greet()
        for command in commands:
            if reply.eof or reply.code >= 400:
                break
            verb = "END" if verb == "DATA" else command.split()[0]
            reply = c.cmd(command)
        if reply.eof:
            return "EOF"
        return "ok" if reply.code < 400 else "%s %s" % (verb, reply)


for _stage in ANSWERS:
    def _case(self, stage=_stage):
        self.play(stage)
    setattr(AccessActions, "test_" + _stage, _case)

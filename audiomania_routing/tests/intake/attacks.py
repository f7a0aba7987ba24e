# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pages that try to run something where a letter is read: known ways, one a letter.

What they would run is ``top.attacked=1``.
"""

from base64 import b64encode

RUN = "top.attacked=1"
DATA = b64encode(f"<script>{RUN}</script>".encode()).decode()
ENTITIES = "".join(f"&#{ord(sign)};" for sign in f"javascript:{RUN}")
HEX = "".join(f"&#x{ord(sign):x}" for sign in f"javascript:{RUN}")

PAGES = (
    # scripts, and what only looks like something else
    f"<script>{RUN}</script><SCRIPT SRC=//evil.invalid/a.js></SCRIPT>"
    f"<scr<script>ipt>{RUN}</scr</script>ipt><script/x>{RUN}</script >"
    f"<script\x0c>{RUN}</script>",
    f"<svg onload={RUN}><svg/onload={RUN}><svg><script>{RUN}</script></svg>"
    f"<svg><script href='data:text/javascript,{RUN}'/></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>"
    f"<svg><a><animate attributeName=href values='javascript:{RUN}' /><text y=9>a"
    f"</text></a></svg><svg><set attributeName=onmouseover to={RUN}>"
    f"<svg><foreignObject><iframe onload={RUN}></iframe></foreignObject></svg>"
    f"<svg><use href='data:image/svg+xml;base64,{DATA}#x'/></svg>",
    # event handlers
    f"<img src=x onerror={RUN}><IMG SRC=x OnErRoR='{RUN}'>"
    f"<img src=x\nonerror\n=\n{RUN}>"
    f'<img """><script>{RUN}</script>"><img src=x:x onerror=`{RUN}`>'
    f"<img/src='x'/onerror={RUN}><img src=x onerror&#61;{RUN}>",
    f"<body onload={RUN} onpageshow={RUN}><details open ontoggle={RUN}>a</details>"
    f"<input autofocus onfocus={RUN}><select autofocus onfocus={RUN}></select>"
    f"<video><source onerror={RUN}></video><audio src=x onerror={RUN}></audio>"
    f"<marquee onstart={RUN}>a</marquee><p onmouseover={RUN} onclick={RUN}>over</p>"
    f"<video poster=x onloadstart={RUN}></video><div contenteditable onfocus={RUN}>a",
    "<style>@keyframes k{from{color:red}}</style>"
    f"<b style='animation:k 1s' onanimationstart={RUN}>a</b>"
    f"<b style='transition:color 1s' ontransitionend={RUN}>a</b>",
    # addresses that run
    f"<a href='javascript:{RUN}'>a</a><a href='JaVaScRiPt:{RUN}'>a</a>"
    f"<a href=' javascript:{RUN}'>a</a><a href='java\tscript:{RUN}'>a</a>"
    f"<a href='java\nscript:{RUN}'>a</a><a href='\x01javascript:{RUN}'>a</a>"
    f"<a href='{ENTITIES}'>a</a><a href={HEX}>a</a>"
    f"<a href='java&NewLine;script&colon;{RUN}'>a</a><a href='&Tab;javascript:{RUN}'>a"
    f"</a><a href='vbscript:{RUN}'>a</a><a xlink:href='javascript:{RUN}'>a</a>",
    f"<a href='data:text/html;base64,{DATA}'>a</a>"
    f"<iframe src='data:text/html;base64,{DATA}'></iframe>"
    f"<object data='data:text/html;base64,{DATA}'></object>"
    f"<embed src='data:text/html;base64,{DATA}'>",
    f"<iframe srcdoc='<script>{RUN}</script>'></iframe>"
    f"<iframe src='javascript:{RUN}'></iframe><IFRAME/SRC=javascript:{RUN}></IFRAME>"
    f"<frameset><frame src='javascript:{RUN}'></frameset>"
    f"<portal src='javascript:{RUN}'></portal>",
    f"<form action='javascript:{RUN}'><button>a</button></form>"
    f"<button form=f formaction='javascript:{RUN}'>a</button>"
    f"<isindex type=image src=1 onerror={RUN}>"
    f"<input type=image src=x onerror={RUN} formaction='javascript:{RUN}'>",
    f"<base href='javascript:{RUN}//'><a href='#'>a</a>"
    f"<base href='//evil.invalid/'><link rel=import href='data:text/html,{RUN}'>"
    f"<link rel=stylesheet href='javascript:{RUN}'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>"
    f"<meta http-equiv=refresh content='0;url=data:text/html;base64,{DATA}'>"
    "<meta http-equiv='Set-Cookie' content='a=b'>",
    # styles
    f"<div style='width:expression({RUN})'>a</div>"
    f"<div style='background:url(javascript:{RUN})'>a</div>"
    f"<div style='behavior:url(#x);-moz-binding:url(//evil.invalid/x#x)'>a</div>"
    f"<style>@import 'javascript:{RUN}';</style>"
    f"<style>*{{background:url('javascript:{RUN}')}}</style>"
    "<div style='position:fixed;top:0;left:0;width:9999px;height:9999px;z-index:99999'"
    " id=overlay>a</div>",
    # what one reader closes and another one does not
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
    f"<template><img src=x onerror={RUN}></template>"
    f"<template shadowrootmode=open><img src=x onerror={RUN}></template>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1"
    f" onerror={RUN}&gt;'>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    f"<svg></p><style><a id='</style><img src=1 onerror={RUN}>'>",
    f"<math><a xlink:href='javascript:{RUN}'>a</a>"
    f"<maction actiontype='statusline#' xlink:href='javascript:{RUN}'>a</maction>"
    "</math>"
    f"<math href='javascript:{RUN}'>a</math>",
    f"<!--><script>{RUN}</script>--><!-- --!><img src=x onerror={RUN}>-->"
    f"<!--[if gte IE 4]><script>{RUN}</script><![endif]-->"
    f"<![CDATA[<img src=x onerror={RUN}>]]><?xml <img src=x onerror={RUN}>?>",
    f"<title><img src=x onerror={RUN}></title></title><img src=x onerror={RUN}>"
    f"<textarea></textarea><img src=x onerror={RUN}></textarea>"
    f"<xmp></xmp><img src=x onerror={RUN}></xmp><plaintext><img src=x onerror={RUN}>",
    f"<listing>&lt;img src=x onerror={RUN}&gt;</listing>"
    f"<p>&lt;img src=x onerror={RUN}&gt;</p><p>&amp;lt;script&amp;gt;{RUN}</p>"
    f"<a title='&quot;><img src=x onerror={RUN}>'>a</a>",
    f"<x contenteditable onblur={RUN}>a</x><custom-tag onclick={RUN}>a</custom-tag>"
    f"<t t-out='{RUN}'/><t t-esc='{RUN}'/><div t-on-click='{RUN}'>{{{{{RUN}}}}}</div>"
    f"<a data-oe-model='x' data-bs-toggle='tooltip' data-bs-html='true'"
    f" data-bs-title='<img src=x onerror={RUN}>' title='a'>a</a>",
)
"""Bodies of letters; each is put before some words that must be read all the same."""

LINE = (
    f"<img src=x onerror={RUN}><svg/onload={RUN}>\"'><script>{RUN}</script>{{{{7*7}}}}"
)
"""A subject, a name."""

"""Hosts and words by which channels are known: tables, no rules."""

from __future__ import annotations

from collections.abc import Mapping


def _by_word(table: Mapping[str, str]) -> dict[str, str]:
    """Each word with its channel."""
    return {word: channel for channel, words in table.items() for word in words.split()}


MEDIA = _by_word(
    {
        "email": "email e-mail e_mail mail newsletter",
        "social": "social social-media social_media social-network sm",
        "search": "organic search",
        "paid": "cpc ppc cpm cpv cpa paid paidsearch paid-search paid_search paidsocial paid-social paid_social display banner"
        " retargeting remarketing shopping",
        "referral": "referral affiliate affiliates partner",
    }
)
"""utm_medium -> channel."""

AD_CLICKS = ("gclid", "gbraid", "wbraid", "dclid", "msclkid", "ttclid", "twclid", "li_fat_id", "yclid")
"""Parameters that advertisers add to paid clicks. fbclid is not one: it is on every link from Facebook."""

HOSTS = _by_word(
    {
        "email": "mail.google.com com.google.android.gm mail.yahoo.com outlook.live.com outlook.office.com outlook.office365.com"
        " mail.qq.com mail.163.com poczta.onet.pl poczta.wp.pl poczta.interia.pl mail.orange.fr webmail.free.fr mail.proton.me",
        "search": "com.google.android.googlequicksearchbox search.brave.com search.yahoo.co.jp so.com",
        "social": "t.co x.com lnkd.in youtu.be wa.me m.me t.me pin.it redd.it com.facebook.katana line.me",
    }
)
"""Whole hosts, without "www."; those of apps are their names (android-app://…)."""

NAMES = _by_word(
    {
        "search": "google bing yahoo duckduckgo baidu yandex ecosia qwant naver daum seznam sogou startpage lilo",
        "social": "facebook instagram threads twitter linkedin pinterest reddit tiktok youtube snapchat tumblr vk weibo"
        " xiaohongshu zhihu douyin dcard ptt whatsapp telegram discord wykop",
    }
)
"""What stands before the ending: google.com, www.google.co.uk, m.facebook.com."""

SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "net", "org"})
"""What endings of two parts begin with: .co.uk, .com.tw."""


def host_channel(host: str) -> str:
    """The channel of a host that we know, else ""."""
    whole = host.removeprefix("www.")
    return HOSTS.get(whole) or NAMES.get(_name(whole), "")


def _name(host: str) -> str:
    """What stands before the ending."""
    labels = host.split(".")
    has_two = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
    at = -3 if has_two else -2
    return labels[at] if len(labels) >= -at else ""

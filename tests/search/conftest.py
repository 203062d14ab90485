"""A small forum's worth of documents and an index of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from forum.language.concepts import Thesaurus
from forum.search.service import SearchIndex
from forum.search.types import Document

DOCUMENTS = (
    Document(
        "night",
        "夜泣きがつらいです",
        "8か月の子が夜中に何度も起きて、朝まで寝られません。抱っこで歩きまわる毎日です。",
        ("うちは生活リズムを見直したら少しずつ減りました。", "市の一時預かりで昼に眠らせてもらいました。"),
    ),
    Document(
        "sleep",
        "なかなか寝てくれません",
        "1歳半、布団に入ってから2時間かかります。寝かしつけで私が先に限界です。",
        ("絵本を3冊と決めたら落ち着きました。",),
    ),
    Document(
        "nursery",
        "保育園に落ちました",
        "4月入園の選考で不承諾の通知が届きました。育休を延ばすか、認可外を探すか迷っています。",
        ("認可外から翌年転園できました。", "一時預かりをつないで働きました。"),
    ),
    Document(
        "sick",
        "熱で呼び出しが続きます",
        "病児保育に登録したいのですが、当日でも空いているのでしょうか。",
        ("前の日の夕方に電話すると取れることが多いです。",),
    ),
    Document("food", "野菜を食べない2歳", "緑のものを見るだけで口を閉じます。偏食はいつ終わるのでしょう。"),
    Document("toilet", "トイトレが進まない", "3歳、補助便座に座るのをいやがります。"),
    Document(
        "school", "学校に行きたくないと言います", "小3の娘が朝になるとお腹が痛いと言い、布団から出ません。"
    ),
    Document("friend", "引っ越してきて知り合いがいません", "赤ちゃんと二人きりで一日中だれとも話しません。"),
    Document("money", "就学援助の申しこみ", "給食費が払えそうにありません。書類はどこに出しますか。"),
    Document("bus", "バスの中で泣かれる", "ベビーカーで乗ると泣き叫ぶので、降りて歩いて帰りました。"),
)


@pytest.fixture(scope="session")
def thesaurus() -> Thesaurus:
    return Thesaurus.load()


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory, thesaurus: Thesaurus) -> SearchIndex:
    """An index that tests only read."""
    index = SearchIndex(tmp_path_factory.mktemp("standing") / "index", thesaurus=thesaurus)
    index.rebuild(DOCUMENTS)
    return index


@pytest.fixture
def index(tmp_path: Path, thesaurus: Thesaurus) -> Iterator[SearchIndex]:
    """An index of its own, holding the documents, that a test may change."""
    index = SearchIndex(tmp_path / "index", thesaurus=thesaurus)
    index.rebuild(DOCUMENTS)
    yield index

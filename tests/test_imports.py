"""Each file of the product can be the first that is loaded, as each page can be the first one."""

from graphlib import TopologicalSorter

import grimp


def test_no_two_files_import_each_other_not_even_by_a_detour() -> None:
    graph = grimp.build_graph(
        "assessment", "reports", exclude_type_checking_imports=True, cache_dir=None
    )
    imported = {one: graph.find_modules_directly_imported_by(one) - {one} for one in graph.modules}
    assert "assessment.pages.workshop.screen" in imported
    TopologicalSorter(imported).prepare()  # names the files where there is a circle
